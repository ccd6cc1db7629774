-- Nobody reads these across clients: sweeps bind each client in turn. Two policies for reading are joined by "or", which no
-- index can answer, and a session of a worker saw every client's timeline.
drop policy "Workers can view every client" on timeline;
drop policy "Workers can view every client" on faq_uses;
