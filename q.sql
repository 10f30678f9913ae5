set max_parallel_workers_per_gather=0; set work_mem='64MB';
select 1 \g /dev/null
select funnel_agg(customer,stage,at,'stage1 > stage2 > stage3 > stage4 > stage5','7 days') from event \g /dev/null
select funnel_agg(customer,stage,at,'stage1 > stage2 > stage3 > stage4 > stage5','7 days') from event \g /dev/null
select funnel_agg(customer,stage,at,'stage1 > stage2 > stage3 > stage4 > stage5','7 days') from event \g /dev/null
