/**
 * Where things run, what they can do, and how they are broken and cleaned up.
 *
 *     openRun --> RunScope: id, labels, temporary folder      reaper: removes it all when we die
 *        |
 *        +-- buildImage(folder) --> tag
 *        +-- startNetwork(run)
 *        +-- startContainer({ image, ... }, run) --> Machine + Killable + Pausable + Partitionable
 *        +-- startSystemdMachine({ ... }, run)   --> Machine + Rebootable
 *
 *     fault(target) --> handle; disposing the handle undoes the fault
 */
export type * from './machine.ts'
export { openRun } from './run-scope.ts'
export type { RunScope } from './run-scope.ts'
export { startGroup } from './process-group.ts'
export type { GroupEnd } from './process-group.ts'
export { sweepLeftovers } from './sweep.ts'
export type { SweepReport } from './sweep.ts'
export { findEngine, requireEngine } from './docker/engine.ts'
export type { EngineFacts, MissingEngine } from './docker/engine.ts'
export { buildAssembledImage, buildImage } from './docker/image.ts'
export type { BuildOptions } from './docker/image.ts'
export { imageEnvironment } from './docker/image-environment.ts'
export { startContainer } from './docker/container.ts'
export type { StartedContainer } from './docker/container.ts'
export { findContainer } from './docker/find-container.ts'
export type { FoundContainer } from './docker/find-container.ts'
export type { FilesAtRest } from './docker/files-at-rest.ts'
export { filesOfContainer, filesOfImage } from './docker/files-at-rest.ts'
export type { ContainerSpec, FileContent, WaitSpec } from './docker/container-spec.ts'
export { isOnHostNetwork, startNetwork } from './docker/network.ts'
export type { StartedNetwork } from './docker/network.ts'
export { createVolume } from './docker/volume.ts'
export type { CreatedVolume } from './docker/volume.ts'
export { startSystemdMachine } from './docker/systemd.ts'
export type { SystemdMachine, SystemdSpec } from './docker/systemd.ts'
export { machineImage } from './vm/machine-image.ts'
export { standingImage } from './vm/standing-image.ts'
export { preparedImage } from './vm/prepared-image.ts'
export { createVirtualMachine } from './vm/virtual-machine.ts'
export type { Down, VirtualMachine, VirtualMachineSpec } from './vm/virtual-machine.ts'
export type { PowerOn } from './vm/qemu-command.ts'
export type { ConsoleText } from './vm/console-record.ts'
export * from './faults/index.ts'
