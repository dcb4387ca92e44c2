/**
 * A customer's virtual NIC and virtual bridge on a host: how long it takes to add and to remove them.
 *
 *   T_add = 0.2            VLAN sub-interface, bridge, and the bridge's way up [s]
 *   T_remove = 0.1         [s]
 *
 * Source: assumption: a handful of netlink calls and an agent's overhead; far below a boot, and above a message's latency.
 * The memory that they cost is the scenario's figure (management.bridgeMemory).
 * Valid range: a host with at most some thousand bridges.
 * Ignored: the spanning tree's forward delay (off on such bridges), and that the calls take longer the more bridges there are.
 */
export const ADD_NIC_SECONDS = 0.2;
export const REMOVE_NIC_SECONDS = 0.1;
