import type { JsonObject } from '../../../kernel/index.ts'
import type { Device, Light } from './device.ts'
import { deviceTypeOf } from './models.ts'
import { nextAction } from './schedule-time.ts'
import type { Outlet } from './outlet.ts'

/** What `get_sysinfo` answers, with its keys in the order in which the model's firmware writes them. */
export function sysinfoOf(device: Device, nowMs: number): JsonObject {
  const info = device.light === undefined ? plugInfo(device, nowMs) : bulbInfo(device, device.light)
  return { ...info, ...device.seed.sysinfo }
}

function plugInfo(device: Device, nowMs: number): JsonObject {
  if (device.model.kind === 'strip') return stripInfo(device, nowMs)
  const { first } = device
  const relay = { relay_state: first.on ? 1 : 0, on_time: first.onSeconds(nowMs), active_mode: activeMode(first) }
  const name = { icon_hash: '', dev_name: device.seed.deviceName ?? device.model.deviceName }
  if (device.generation === 1) {
    return {
      sw_ver: device.fwVer,
      hw_ver: device.hwVer,
      type: deviceTypeOf(device.model),
      model: device.modelName,
      mac: colons(device.mac),
      dev_name: name.dev_name,
      alias: device.alias,
      ...relay,
      feature: featureOf(device),
      updating: 0,
      icon_hash: '',
      rssi: device.seed.rssi,
      led_off: device.ledOff,
      longitude: device.longitude,
      latitude: device.latitude,
      hwId: device.code('hwId'),
      fwId: device.code('fwId'),
      deviceId: device.id,
      oemId: device.code('oemId'),
    }
  }
  return { ...secondGeneration(device), ...relay, ...name, next_action: nextOf(device, first, nowMs) }
}

function stripInfo(device: Device, nowMs: number): JsonObject {
  return {
    ...secondGeneration(device),
    children: device.outlets.map((outlet) => ({
      id: outlet.id,
      state: outlet.on ? 1 : 0,
      alias: outlet.alias,
      on_time: outlet.onSeconds(nowMs),
      next_action: nextOf(device, outlet, nowMs),
    })),
    child_num: device.outlets.length,
  }
}

function secondGeneration(device: Device): JsonObject {
  return {
    sw_ver: device.fwVer,
    hw_ver: device.hwVer,
    model: device.modelName,
    deviceId: device.id,
    oemId: device.code('oemId'),
    hwId: device.code('hwId'),
    rssi: device.seed.rssi,
    longitude_i: Math.round(device.longitude * 10_000),
    latitude_i: Math.round(device.latitude * 10_000),
    alias: device.alias,
    status: 'new',
    mic_type: deviceTypeOf(device.model),
    feature: featureOf(device),
    mac: colons(device.mac),
    updating: 0,
    led_off: device.ledOff,
  }
}

function bulbInfo(device: Device, light: Light): JsonObject {
  const { id, kind, deviceName } = device.model
  const colours = /^(?:LB130|KL130|L530|KL4)/.test(id)
  return {
    sw_ver: device.fwVer,
    hw_ver: device.hwVer,
    model: device.modelName,
    description: deviceName,
    alias: device.alias,
    mic_type: deviceTypeOf(device.model),
    dev_state: 'normal',
    mic_mac: device.mac,
    deviceId: device.id,
    oemId: device.code('oemId'),
    hwId: device.code('hwId'),
    is_factory: false,
    disco_ver: '1.0',
    ctrl_protocols: { name: 'Linkie', version: '1.0' },
    light_state: lightState(light),
    is_dimmable: 1,
    is_color: colours ? 1 : 0,
    is_variable_color_temp: colours || id === 'LB120' ? 1 : 0,
    preferred_state: [100, 75, 25, 1].map((brightness, index) => ({
      index,
      hue: 0,
      saturation: 0,
      color_temp: 2700,
      brightness,
    })),
    rssi: device.seed.rssi,
    active_mode: 'none',
    heapsize: 302_452,
    ...(kind === 'light-strip' && {
      length: 16,
      longitude_i: Math.round(device.longitude * 10_000),
      latitude_i: Math.round(device.latitude * 10_000),
      status: 'new',
    }),
  }
}

/** A lamp that is off tells what it would shine like. */
export function lightState({ on, brightness, hue, saturation, colorTemp }: Light): JsonObject {
  const shine = { mode: 'normal', hue, saturation, color_temp: colorTemp, brightness }
  return on === 1 ? { on_off: 1, ...shine } : { on_off: 0, dft_on_state: shine }
}

function nextOf(device: Device, outlet: Outlet, nowMs: number): JsonObject {
  if (outlet.countDown?.enabled === true) {
    const { id, dueMs, turnsOn } = outlet.countDown
    return { type: 2, id, schd_sec: Math.ceil((dueMs - nowMs) / 1000), action: turnsOn ? 1 : 0 }
  }
  const next = outlet.scheduleEnabled
    ? nextAction(outlet.schedule, nowMs, device.seed.timezone.offsetMinutes)
    : undefined
  if (next === undefined) return { type: -1 }
  return { type: 1, id: next.rule.id, schd_sec: next.secondOfDay, action: next.on ? 1 : 0 }
}

function activeMode({ countDown, schedule, scheduleEnabled }: Outlet): string {
  if (countDown?.enabled === true) return 'count_down'
  return scheduleEnabled && schedule.some(({ enable }) => enable === 1) ? 'schedule' : 'none'
}

function featureOf({ model }: Device): string {
  return model.emeter ? 'TIM:ENE' : 'TIM'
}

function colons(mac: string): string {
  return mac.replaceAll(/(..)(?!$)/g, '$1:')
}
