/**
 * What the management plane puts on the network: commands and reports, agents' pings, consoles.
 *
 *   b = 8 (n_c c + n_r r + n_o k)      bits, in the direction of each
 *   p = 8 g / t                        bits a second from each host, steadily
 *
 *   n_c, n_r, n_o  commands, reports, consoles opened      c, r  bytes of one, transport and encryption included
 *   k  bytes of a console session       g  bytes of a ping with its statistics       t  interval of pings [s]
 *
 * Source: the interval is that of Apache CloudStack's agents (ping.interval, 60 s); all sizes are assumptions, to calibrate:
 * JSON commands of about a kilobyte, a console watched for half a minute at 1 Mbit/s.
 * Valid range: counts and sizes of 0 and more.
 * Ignored: repetitions below the agent's own, log shipping, images that pass the management servers.
 */
export const COMMAND_BYTES = 2000;
export const REPORT_BYTES = 1000;
export const CONSOLE_BYTES = 3_750_000;
export const PING_BYTES = 2000;
export const PING_SECONDS = 60;

/** From each host, steadily. */
export const PING_BITS_PER_SECOND = (8 * PING_BYTES) / PING_SECONDS;
