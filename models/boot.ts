/**
 * Boot and shutdown of a VM.
 *
 *   T_start = B            from the hypervisor's start of the domain to a guest that serves
 *   T_stop = S             from the request to shut down to a domain that is gone
 *   T_reboot = S + B       in place: the domain stays, the guest goes down and comes up
 *   T_kill = 0             a domain that is still booting is destroyed, not shut down
 *
 *   B  boot time [s]       S  shutdown time [s]; both as the scenario gives them, a constant or a distribution
 *
 * Source of the defaults: J. Hao, T. Jiang, W. Wang, I. K. Kim, "An Empirical Analysis of VM Startup Times in Public
 * IaaS Clouds", IEEE CLOUD 2021: a warm start of a Linux VM on AWS takes 34 s, a release 3 to 8 s (middle taken). Older:
 * M. Mao, M. Humphrey, "A Performance Study on the VM Startup Time in the Cloud", IEEE CLOUD 2012. All figures as
 * later works quote them, not read in the papers themselves.
 * Valid range: 0 s and more; published means lie between 34 and 810 s (PUBLISHED_BOOT_SECONDS).
 * Ignored: boot storms (VMs that boot on one host or from one storage server at once slow each other down), the size
 * of image and VM, guests that hang or ignore the request to shut down.
 */
import { assert } from '../sim/base/assert.js';

export const BOOT_SECONDS = 34;
export const SHUTDOWN_SECONDS = 5;

/** Published mean times from the request to a usable VM, in seconds. */
export const PUBLISHED_BOOT_SECONDS: readonly { where: string; guest: string; bootSeconds: number; source: string }[] =
  [
    { where: 'AWS, image at hand', guest: 'Linux', bootSeconds: 34, source: 'Hao et al. 2021' },
    { where: 'AWS, image to be fetched', guest: 'Linux', bootSeconds: 55.9, source: 'Hao et al. 2021' },
    { where: 'GCP, image at hand', guest: 'Linux', bootSeconds: 50, source: 'Hao et al. 2021' },
    { where: 'GCP, image to be fetched', guest: 'Linux', bootSeconds: 124, source: 'Hao et al. 2021' },
    { where: 'Rackspace', guest: 'Linux', bootSeconds: 44.2, source: 'Mao and Humphrey 2012' },
    { where: 'EC2', guest: 'Linux', bootSeconds: 96.9, source: 'Mao and Humphrey 2012' },
    { where: 'EC2', guest: 'Windows', bootSeconds: 810.2, source: 'Mao and Humphrey 2012' },
  ];

export function rebootSeconds(shutdownSeconds: number, bootSeconds: number): number {
  assert(shutdownSeconds >= 0 && bootSeconds >= 0, 'rebootSeconds: times are not negative');
  return shutdownSeconds + bootSeconds;
}
