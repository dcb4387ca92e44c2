/**
 * What an account used of what is paid for, in whole numbers of any size: adding up is exact, in whichever order, so that
 * usage in several zones is that of one bill.
 */

/** What a VM is charged by: its offering, or where it has none its cores and memory. */
export interface VmSize {
  offering: number | null;
  cpuMillis: number;
  memoryBytes: number;
}

/** VMs of an offering, or VMs of none. */
export interface VmUsage {
  starts: number;
  clockMicros: bigint;
  chargedMicros: bigint;
}

/** `chargedMicros` times CPU and memory, VM by VM. */
export interface ResourceUsage extends VmUsage {
  cpuMilliMicros: bigint;
  byteMicros: bigint;
}

export class AccountUsage {
  /** By offering. */
  readonly vms = new Map<number, VmUsage>();
  /** Of VMs of no offering; null: there was none. */
  resources: ResourceUsage | null = null;
  /** Disks of stopped VMs. */
  diskByteMicros = 0n;
  addressMicros = 0n;
  trafficBytes = 0n;

  started(size: VmSize): void {
    this.of(size).starts++;
  }

  /** An interval in which a VM of this size ran. */
  ran(size: VmSize, clockMicros: number, chargedMicros: number): void {
    const usage = this.of(size);
    const charged = BigInt(chargedMicros);
    usage.clockMicros += BigInt(clockMicros);
    usage.chargedMicros += charged;
    if (!isOfResources(usage)) return;
    usage.cpuMilliMicros += charged * BigInt(size.cpuMillis);
    usage.byteMicros += charged * BigInt(size.memoryBytes);
  }

  add(other: AccountUsage): void {
    for (const [offering, usage] of other.vms) addTimes(this.ofOffering(offering), usage);
    if (other.resources) {
      const mine = this.ofResources();
      addTimes(mine, other.resources);
      mine.cpuMilliMicros += other.resources.cpuMilliMicros;
      mine.byteMicros += other.resources.byteMicros;
    }
    this.diskByteMicros += other.diskByteMicros;
    this.addressMicros += other.addressMicros;
    this.trafficBytes += other.trafficBytes;
  }

  private of({ offering }: VmSize): VmUsage | ResourceUsage {
    return offering === null ? this.ofResources() : this.ofOffering(offering);
  }

  private ofOffering(offering: number): VmUsage {
    let usage = this.vms.get(offering);
    if (!usage) this.vms.set(offering, (usage = noTime()));
    return usage;
  }

  private ofResources(): ResourceUsage {
    return (this.resources ??= { ...noTime(), cpuMilliMicros: 0n, byteMicros: 0n });
  }
}

const noTime = (): VmUsage => ({ starts: 0, clockMicros: 0n, chargedMicros: 0n });

function addTimes(to: VmUsage, { starts, clockMicros, chargedMicros }: VmUsage): void {
  to.starts += starts;
  to.clockMicros += clockMicros;
  to.chargedMicros += chargedMicros;
}

function isOfResources(usage: VmUsage | ResourceUsage): usage is ResourceUsage {
  return 'byteMicros' in usage;
}
