/** How a machine is switched on. */
export interface PowerOn {
  /**
   * `ours`: kernel and initrd of the image, straight to the root; quick, and blind for what a boot loader or the initrd of
   * the disk would do. `disk`: the disk's own loader, kernel and initrd.
   */
  readonly loader?: 'ours' | 'disk'
  /** More words for the kernel's line; with `ours` only. */
  readonly kernelLine?: readonly string[]
  /** Stop before the root is used, with the root writable: see `VirtualMachine.hold`. */
  readonly hold?: boolean
  /** Names of disks that are taken away for this boot. */
  readonly without?: readonly string[]
  /** What the machine's own clock says. */
  readonly clock?: Date
  /** Goes on where `VirtualMachine.leave` left it, in place of a boot; all else must be as it was then. */
  readonly asLeft?: boolean
}

export interface Hardware {
  readonly processors: number
  readonly memoryMiB: number
  /** The root first; files in the container. */
  readonly disks: readonly { readonly name: string; readonly file: string }[]
  /** Of the guest, reached at the same port of the container. */
  readonly ports: readonly number[]
  readonly accelerator: 'tcg' | 'kvm'
}

/** Ports of the container that QEMU listens on. */
export const lineports = { qmp: 7001, console: 7002, agent: 7003 } as const

/**
 * What distributions of today ask for (x86-64-v2) and no more: the wide instructions of `-cpu max` cost an emulated boot a
 * fifth of its time, because the C library takes them wherever it can.
 */
const plainProcessor = 'qemu64,+cx16,+lahf-lm,+popcnt,+ssse3,+sse4.1,+sse4.2'

/** What the memory that is left behind is called. */
export const leftAs = 'left'

/** The words that start QEMU, halted until it is told to go on. Pure. */
export function qemuCommand(hardware: Hardware, power: PowerOn): [string, ...string[]] {
  const { processors, memoryMiB, ports, accelerator } = hardware
  // A kernel that gives its timer a moment to tick panics where the emulation gets no processor in that moment.
  const always = ['console=ttyS0', 'no_timer_check', 'seatrial.root=/dev/vda', 'root=/dev/vda', 'ro']
  const line = [...always, ...(power.kernelLine ?? [])]
  if (power.hold === true) line.push('seatrial.hold')
  const listening = (id: string, port: number): string => `socket,id=${id},host=0.0.0.0,port=${port},server=on,wait=off`
  const forwards = ports.map((port) => `,hostfwd=tcp:0.0.0.0:${port}-:${port}`).join('')
  const disks = hardware.disks.flatMap(({ name, file }, index) => {
    if (power.without?.includes(name) === true) return []
    // unsafe leaves out the host's own fsync alone. What the guest flushes is with the host's kernel, and outlives QEMU.
    const drive = `file=${file},if=none,id=${name},format=qcow2,discard=unmap,cache=unsafe`
    return ['-drive', drive, '-device', wordsOf(diskDevice(name, index))]
  })
  const groups = [
    ['-nodefaults', '-no-user-config', '-display', 'none', '-no-reboot', '-S'],
    ['-machine', 'pc', '-smp', String(processors), '-m', String(memoryMiB)],
    accelerator === 'kvm' ? ['-accel', 'kvm', '-cpu', 'host'] : ['-accel', 'tcg,thread=multi', '-cpu', plainProcessor],
    power.loader === 'disk'
      ? ['-boot', 'c']
      : ['-kernel', '/machine/vmlinux', '-initrd', '/machine/initrd', '-append', line.join(' ')],
    power.clock === undefined ? [] : ['-rtc', `base=${power.clock.toISOString().slice(0, 19)},clock=vm`],
    power.asLeft === true ? ['-loadvm', leftAs] : [],
    disks,
    ['-chardev', listening('console', lineports.console), '-serial', 'chardev:console'],
    ['-device', 'virtio-serial-pci', '-chardev', listening('agent', lineports.agent)],
    ['-device', 'virtserialport,chardev=agent,name=seatrial'],
    ['-device', 'virtio-rng-pci'],
    // restrict: the machine sees nobody but who came in by a forwarded port.
    ['-netdev', `user,id=net,restrict=on${forwards}`, '-device', 'virtio-net-pci,netdev=net,romfile='],
    ['-qmp', `tcp:0.0.0.0:${lineports.qmp},server=on,wait=off`],
  ]
  return ['qemu-system-x86_64', ...groups.flat()]
}

/** A disk has a place of its own on the bus and a serial: it is found again when others are taken away. */
export function diskDevice(name: string, index: number): Readonly<Record<string, string>> {
  const addr = `0x${(index + 8).toString(16)}`
  return { driver: 'virtio-blk-pci', drive: name, id: `disk-${name}`, serial: name, addr }
}

function wordsOf({ driver, ...properties }: Readonly<Record<string, string>>): string {
  return [driver, ...Object.entries(properties).map(([key, value]) => `${key}=${value}`)].join(',')
}
