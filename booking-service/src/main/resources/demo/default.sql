-- A laundry that picks up: priced by the load, two vans, Monday to Saturday.
insert into services (code, name, duration_minutes, step_minutes, base_price, price_per_unit, max_units, currency, display_order)
values ('regular', 'Regular wash and fold', 30, 30, 15.00, 8.00, 20, 'USD', 1),
       ('express', 'Express, back the same day', 30, 30, 20.00, 12.00, 20, 'USD', 2),
       ('premium', 'Premium, hand finished', 30, 30, 30.00, 18.00, 20, 'USD', 3);
insert into resources (code, name, display_order) values ('van-1', 'Van 1', 1), ('van-2', 'Van 2', 2);
insert into opening_hours (weekday, opens, closes) select day, '08:00', '20:00' from generate_series(1, 6) day;
insert into booking_rules (lead_time_minutes, horizon_days) values (60, 120)
on conflict (client_id) do update set lead_time_minutes = excluded.lead_time_minutes, horizon_days = excluded.horizon_days;
