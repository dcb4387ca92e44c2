/** Consoles of VMs: each has a port of its host from the first time that it is asked for, until the VM is gone. */
const FIRST_PORT = 5900;

export class Consoles {
  private readonly ports = new Map<number, { host: number; port: number }>();
  private readonly taken = new Map<number, Set<number>>();

  /** The port of the VM on this host: the one that it has, or the lowest free. */
  open(host: number, vm: number): number {
    const there = this.ports.get(vm);
    if (there) return there.port;
    const taken = this.taken.get(host) ?? new Set();
    let port = FIRST_PORT;
    while (taken.has(port)) port++;
    this.taken.set(host, taken.add(port));
    this.ports.set(vm, { host, port });
    return port;
  }

  portOf(vm: number): number | undefined {
    return this.ports.get(vm)?.port;
  }

  close(vm: number): void {
    const there = this.ports.get(vm);
    if (!there) return;
    this.taken.get(there.host)!.delete(there.port);
    this.ports.delete(vm);
  }
}
