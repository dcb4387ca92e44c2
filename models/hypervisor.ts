/**
 * What a hypervisor does with a running VM beside stopping it: another size in place, a throttle, a console.
 *
 *   T_resize = 1           CPUs and memory plugged in or out, and the guest's word that it has let go of them [s]
 *   T_throttle = 0.2       new limits for its virtual NICs and its disk                                        [s]
 *   T_console = 0.2        a port opened and a token made [s]
 *   T_prepare = 0.5        at a destination: a process with the VM's memory and devices that waits for it [s]
 *   T_release = 0.2        at a source or destination: such a process ended [s]
 *
 * Source: assumption: hot-plug of CPU and memory is a device's attachment (storage.ts: 0.5 s) for each of the two; limits
 * are set by calls that need nothing of the guest; preparing took 0.5 to 1.5 s on two libvirt hosts under load.
 * Valid range: guests that co-operate.
 * Ignored: memory that a guest is slow to let go of (a balloon deflates at some GB a second), guests that refuse.
 */
export const LIVE_RESIZE_SECONDS = 1;
export const SET_THROTTLE_SECONDS = 0.2;
export const OPEN_CONSOLE_SECONDS = 0.2;
export const PREPARE_MIGRATION_SECONDS = 0.5;
export const RELEASE_VM_SECONDS = 0.2;
