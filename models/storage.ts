/**
 * Virtual disks on a pod's storage servers: to copy, create, destroy, mount and dismount one. A template's way to a storage
 * server, a snapshot, and the way back to it are copies.
 *
 *   T_copy = C / R
 *   T_create = F + C / R   where the template is copied into the new disk
 *   T_create = F           where the disk is a copy-on-write clone of the template
 *
 *   C  bytes to copy [B]: the disk's        R  rate of the copy [B/s]        F  fixed time to create a disk [s]
 *
 * Source: bytes over rate is the bulk phase of QEMU's block mirror (block/mirror.c, read) without guest writes; it is a
 * definition rather than a measurement. The fixed times are assumptions: a metadata operation of a filer (F = 1 s,
 * destroy 0.5 s) and the attachment of a device (mount and dismount 0.5 s each).
 * Valid range: C >= 0, R > 0, F >= 0.
 * Ignored: IOPS, several copies that share a server or a link, caches, sparse blocks (all of C is copied), guest writes.
 */
import { assert } from '../sim/base/assert.js';

export const DISK_CREATE_SECONDS = 1;
export const DISK_DESTROY_SECONDS = 0.5;
export const DISK_MOUNT_SECONDS = 0.5;
export const DISK_DISMOUNT_SECONDS = 0.5;

export function copySeconds(bytes: number, bytesPerSecond: number): number {
  assert(bytes >= 0 && bytesPerSecond > 0, 'copySeconds: bytes are not negative, the rate is positive');
  return bytes / bytesPerSecond;
}

/** `templateCopyBytesPerSecond`: null for a copy-on-write clone. */
export function diskCreateSeconds(
  fixedSeconds: number,
  bytes: number,
  templateCopyBytesPerSecond: number | null,
): number {
  assert(fixedSeconds >= 0, 'diskCreateSeconds: the fixed time is not negative');
  return fixedSeconds + (templateCopyBytesPerSecond === null ? 0 : copySeconds(bytes, templateCopyBytesPerSecond));
}
