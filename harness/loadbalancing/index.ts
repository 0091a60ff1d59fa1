/**
 * Load balancing: a balancer as it is configured, between visitors and echo servers.
 *
 *     haproxy.cfg --config/--> words with places --kinds/--> Setup: listeners, servers, what is missing
 *         | addresses of servers replaced
 *         v
 *     bench/: balancer, echo servers, visitors --checks/ gather--> what was heard and arrived --> findings
 */
export { loadbalancing } from './slice.ts'
export { loadbalancingSection } from './section.ts'
export { claimsOf, kindNames, type KindName } from './claims-of.ts'
