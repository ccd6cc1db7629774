-- A hairdresser with one chair, Tuesday to Saturday.
insert into services (code, name, duration_minutes, step_minutes, base_price, currency, display_order)
values ('haircut', 'Haircut', 45, 15, 35.00, 'EUR', 1);
insert into resources (code, name, display_order) values ('chair-1', 'Chair 1', 1);
insert into opening_hours (weekday, opens, closes) select day, '09:00', '18:00' from generate_series(2, 6) day;
insert into booking_rules (lead_time_minutes, horizon_days) values (60, 120)
on conflict (client_id) do update set lead_time_minutes = excluded.lead_time_minutes, horizon_days = excluded.horizon_days;
