/** Charts. ECharts comes with the first chart, not with the page; the numbers can be read as a table as well. */
import { html, nothing } from 'lit';
import { createRef, ref } from 'lit/directives/ref.js';
import { Element } from './element.js';

let library;

/** `rows` are the labels of the x axis, `series` are `{name, color, values, kind?, stack?, faint?}`; colours name custom properties. */
class Chart extends Element {
  static properties = {
    label: {},
    rows: { attribute: false },
    series: { attribute: false },
    ticks: { attribute: false },
    mark: { attribute: false },
    table: { state: true },
  };

  canvas = createRef();

  connectedCallback() {
    super.connectedCallback();
    this.repaint = () => this.paint();
    addEventListener('fd-theme', this.repaint);
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', this.repaint);
    this.sizes = new ResizeObserver(() => this.chart?.resize());
    this.sizes.observe(this);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    removeEventListener('fd-theme', this.repaint);
    matchMedia('(prefers-color-scheme: dark)').removeEventListener('change', this.repaint);
    this.sizes.disconnect();
    this.chart?.dispose();
    this.chart = null;
  }

  render() {
    return html`<figure class="chart" aria-label=${this.label}>
      <figcaption class="legend">
        ${this.series.map((it) => html`<span><i class="swatch" data-color=${it.color} ?data-faint=${it.faint}></i>${it.name}</span>`)}
        <button type="button" class="link chart-switch" aria-pressed=${!!this.table} @click=${() => (this.table = !this.table)}>${this.table ? 'Show chart' : 'Show table'}</button>
      </figcaption>
      <div class="chart-canvas" ?hidden=${this.table} role="img" aria-label=${this.summary()} ${ref(this.canvas)}></div>
      ${this.table ? this.asTable() : nothing}
    </figure>`;
  }

  asTable() {
    return html`<div class="chart-table" tabindex="0" role="region" aria-label=${`${this.label}, table`}><table class="table compact">
      <thead><tr><th scope="col">When</th>${this.series.map((it) => html`<th scope="col" class="number">${it.name}</th>`)}</tr></thead>
      <tbody>${this.rows.map((row, index) => html`<tr><th scope="row">${row}</th>${this.series.map((it) => html`<td class="number">${it.values[index] ?? '–'}</td>`)}</tr>`)}</tbody>
    </table></div>`;
  }

  summary() {
    const totals = this.series.map((it) => `${it.name} ${it.values.reduce((sum, value) => sum + (value ?? 0), 0)}`);
    return `${this.label}: ${totals.join(', ')}`;
  }

  updated() {
    if (!this.table) this.paint();
  }

  async paint() {
    library ??= import('./echarts.js');
    const { init } = await library;
    const place = this.canvas.value;
    if (!place || !this.isConnected || this.table) return;
    if (this.chart && this.chart.getDom() !== place) {
      this.chart.dispose();
      this.chart = null;
    }
    this.chart ??= init(place);
    this.chart.resize();
    this.chart.setOption(this.options(), { notMerge: true });
  }

  options() {
    const style = getComputedStyle(this);
    const color = this.palette();
    const text = { color: color('ink-3'), fontFamily: style.fontFamily, fontSize: 11 };
    const moving = !matchMedia('(prefers-reduced-motion: reduce)').matches;
    const series = this.series.map((it) => ({
      name: it.name,
      type: it.kind ?? 'bar',
      stack: it.stack,
      data: it.values,
      smooth: 0.25,
      showSymbol: false,
      symbolSize: 6,
      barMaxWidth: 22,
      barGap: '15%',
      itemStyle: { color: color(it.color), borderRadius: it.kind === 'line' ? 0 : [3, 3, 0, 0] },
      lineStyle: { width: it.faint ? 1.5 : 2, type: it.faint ? [4, 4] : 'solid', color: color(it.color), opacity: it.faint ? 0.7 : 1 },
      areaStyle: it.area ? { color: color(it.color), opacity: 0.08 } : undefined,
      emphasis: { disabled: true },
      markLine: it === this.series[0] && this.mark != null
        ? { silent: true, symbol: 'none', animation: false, label: { show: true, formatter: 'now', color: color('accent'), fontFamily: style.fontFamily, fontSize: 11, distance: 2 }, lineStyle: { color: color('accent'), type: 'solid', width: 1 }, data: [{ xAxis: this.mark }] }
        : undefined,
    }));
    return {
      animation: moving,
      animationDuration: 350,
      textStyle: { fontFamily: style.fontFamily },
      grid: { left: 2, right: 8, top: 14, bottom: 2, containLabel: true },
      tooltip: {
        trigger: 'axis',
        axisPointer: { type: series.some((it) => it.type === 'bar') ? 'shadow' : 'line', shadowStyle: { color: color('ink'), opacity: 0.05 }, lineStyle: { color: color('line-strong') } },
        backgroundColor: color('surface'),
        borderColor: color('line'),
        textStyle: { color: color('ink'), fontSize: 12 },
        padding: [8, 12],
        confine: true,
        formatter: (points) => this.hint(points),
      },
      xAxis: {
        type: 'category',
        data: this.rows,
        axisTick: { show: false },
        axisLine: { lineStyle: { color: color('line') } },
        axisLabel: { ...text, hideOverlap: true, ...(this.ticks ? { interval: (index) => index % this.ticks === 0 } : {}) },
      },
      yAxis: {
        type: 'value',
        minInterval: 1,
        splitNumber: 4,
        axisLabel: text,
        splitLine: { lineStyle: { color: color('line') } },
      },
      series,
    };
  }

  /** What the colours are now: a custom property alone would not say whether it is light or dark. */
  palette() {
    const probe = document.createElement('i');
    this.append(probe);
    const known = {};
    for (const name of ['ink', 'ink-3', 'line', 'line-strong', 'surface', 'accent', 'calls', 'bookings', 'texts', 'cost']) {
      probe.style.color = `var(--${name})`;
      known[name] = getComputedStyle(probe).color;
    }
    probe.remove();
    return (name) => known[name];
  }

  /** An element, not markup: what is named by people never becomes HTML. */
  hint(points) {
    const box = document.createElement('div');
    box.className = 'chart-hint';
    const head = document.createElement('strong');
    head.textContent = points[0]?.axisValueLabel ?? '';
    box.append(head);
    for (const point of points) {
      if (point.value === undefined || point.value === null) continue;
      const row = document.createElement('div');
      const dot = document.createElement('i');
      dot.style.background = point.color;
      const name = document.createElement('span');
      name.textContent = point.seriesName;
      const value = document.createElement('b');
      value.textContent = point.value;
      row.append(dot, name, value);
      box.append(row);
    }
    return box;
  }
}
customElements.define('fd-chart', Chart);
