-- How many erasures wait for a service is measured across clients.
call let_workers_see('erasures');
