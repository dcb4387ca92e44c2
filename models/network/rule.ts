/**
 * A rule in a routing appliance or firewall (DHCP and DNS entry, source NAT, port forward, load balancer, filter): how long it
 * takes to program and to remove it.
 *
 *   T_add = 0.5            a call over the management network, a file written, the service told to read it [s]
 *   T_remove = 0.3         [s]
 *
 * Source: assumption: a remote call and the reload of a small service; between a message's latency and a disk's creation.
 * Valid range: an appliance with at most some thousand rules.
 * Ignored: that reloads take longer the more rules there are, and that an appliance takes one call at a time.
 */
export const ADD_RULE_SECONDS = 0.5;
export const REMOVE_RULE_SECONDS = 0.3;
