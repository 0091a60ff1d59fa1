import { nearest } from '../../../kernel/index.ts'

export type ModelKind = 'plug' | 'strip' | 'bulb' | 'light-strip'

/** What all devices of a model have in common. */
export interface Model {
  readonly id: string
  readonly kind: ModelKind
  readonly deviceName: string
  readonly hwVer: string
  readonly fwVer: string
  readonly emeter: boolean
  /** Outlets of a strip that switch by themselves. */
  readonly children: number
  /** Tapo devices are in the list of the account, and only the newer API reaches them. */
  readonly tapo: boolean
}

type Row = readonly [kind: ModelKind, deviceName: string, hwVer: string, fwVer: string, more?: Partial<Model>]

// Firmware and hardware versions as they were recorded from devices.
const rows: Readonly<Record<string, Row>> = {
  HS100: ['plug', 'Wi-Fi Smart Plug', '1.0', '1.2.5 Build 171129 Rel.174814'],
  HS103: ['plug', 'Smart Wi-Fi Plug Lite', '2.1', '1.1.2 Build 191113 Rel.095623'],
  HS105: ['plug', 'Smart Wi-Fi Plug Mini', '1.0', '1.5.6 Build 191114 Rel.104204'],
  HS110: ['plug', 'Wi-Fi Smart Plug With Energy Monitoring', '1.0', '1.2.5 Build 171213 Rel.101523', { emeter: true }],
  HS200: ['plug', 'Smart Wi-Fi Light Switch', '2.0', '1.5.7 Build 191118 Rel.140152'],
  HS300: ['strip', 'Wi-Fi Smart Power Strip', '1.0', '1.0.10 Build 190103 Rel.163517', { emeter: true, children: 6 }],
  KP115: ['plug', 'Smart Wi-Fi Plug Mini', '1.0', '1.0.17 Build 210506 Rel.075231', { emeter: true }],
  KP125: ['plug', 'Smart Wi-Fi Plug Mini', '1.0', '1.0.6 Build 210928 Rel.185924', { emeter: true }],
  KP200: ['strip', 'Smart Wi-Fi Power Outlet, 2-Sockets', '3.0', '1.0.3 Build 221021 Rel.183354', { children: 2 }],
  KP303: ['strip', 'Wi-Fi Smart Power Strip', '2.0', '1.0.3 Build 201015 Rel.173920', { children: 3 }],
  KP400: ['strip', 'Smart Wi-Fi Outdoor Plug', '2.0', '1.0.6 Build 200821 Rel.090909', { children: 2 }],
  EP40: ['strip', 'Kasa Smart Wi-Fi Outdoor Plug', '1.0', '1.0.2 Build 210428 Rel.134143', { children: 2 }],
  LB100: [
    'bulb',
    'Smart Wi-Fi LED Bulb with Dimmable Light',
    '1.0',
    '1.8.11 Build 191113 Rel.105336',
    { emeter: true },
  ],
  LB120: [
    'bulb',
    'Smart Wi-Fi LED Bulb with Tunable White Light',
    '1.0',
    '1.8.11 Build 191113 Rel.105336',
    { emeter: true },
  ],
  LB130: [
    'bulb',
    'Smart Wi-Fi LED Bulb with Color Changing',
    '1.0',
    '1.8.11 Build 191113 Rel.105336',
    { emeter: true },
  ],
  KL130: [
    'bulb',
    'Smart Wi-Fi LED Bulb with Color Changing',
    '1.0',
    '1.8.11 Build 191113 Rel.105336',
    { emeter: true },
  ],
  KL420L5: ['light-strip', 'Kasa Smart LED Light Strip', '1.0', '1.0.7 Build 211009 Rel.172027', { emeter: true }],
  KL430: [
    'light-strip',
    'Kasa Smart Light Strip, Multicolor',
    '2.0',
    '1.0.8 Build 210121 Rel.084339',
    { emeter: true },
  ],
  P100: ['plug', 'Tapo Mini Smart Wi-Fi Plug', '1.0', '1.3.0 Build 230425 Rel.163532', { tapo: true }],
  P110: [
    'plug',
    'Tapo Mini Smart Wi-Fi Plug with Energy Monitoring',
    '1.0',
    '1.2.1 Build 230425 Rel.163532',
    { tapo: true, emeter: true },
  ],
  L530: ['bulb', 'Tapo Smart Wi-Fi Light Bulb, Multicolor', '2.0', '1.1.0 Build 230602 Rel.145203', { tapo: true }],
}

const modelIds: readonly string[] = Object.keys(rows)

/** The model of a name such as `HS110` or `HS110(EU)`. */
export function modelOf(name: string): Model | undefined {
  const id = name.replace(/\([A-Z]{2}\)$/, '')
  if (!Object.hasOwn(rows, id)) return undefined
  const row = rows[id]
  if (row === undefined) return undefined
  const [kind, deviceName, hwVer, fwVer, more] = row
  return { id, kind, deviceName, hwVer, fwVer, emeter: false, children: 0, tapo: false, ...more }
}

/** For a message to people. */
export function modelHint(name: string): string {
  const near = nearest(name.replace(/\(.*$/, ''), modelIds)
  return `one of the models ${modelIds.join(', ')}${near === undefined ? '' : `; did you mean ${near}?`}`
}

/**
 * The first plugs name their kind in `type` and give coordinates in degrees and energy in watts; all that came later,
 * and their own later hardware, have `mic_type`, coordinates in ten-thousandths and energy in thousandths.
 */
export function generationOf(model: Model, hwVer: string): 1 | 2 {
  return (model.id === 'HS100' || model.id === 'HS110') && hwVer.startsWith('1.') ? 1 : 2
}

/** Later hardware of the first plugs came with firmware that begins to count again. */
export function firmwareOf(model: Model, hwVer: string): string {
  const first = model.id === 'HS100' || model.id === 'HS110'
  return first && generationOf(model, hwVer) === 2 ? '1.0.4 Build 191111 Rel.143500' : model.fwVer
}

export function deviceTypeOf({ kind, tapo }: Model): string {
  const light = kind === 'bulb' || kind === 'light-strip'
  if (tapo) return light ? 'SMART.TAPOBULB' : 'SMART.TAPOPLUG'
  return light ? 'IOT.SMARTBULB' : 'IOT.SMARTPLUGSWITCH'
}
