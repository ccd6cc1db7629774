create index idx_analytics_date on analytics (date desc);
