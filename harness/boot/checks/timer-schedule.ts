import { rule } from '../../kernel/index.ts'
import { staticCheck } from '../boot-check.ts'
import { valuesOf } from '../host/units.ts'
import { timerManual } from '../references.ts'
import { sketch, unit } from '../testing/observed.ts'

export const timerScheduleNone = rule({
  id: 'boot/timer-schedule-none',
  level: 'error',
  reference: timerManual,
  says: ({ unit: name, what }: { unit: string; what: string }) => `${name} never comes: it ${what}.`,
  wants: 'A timer says when, in a form that systemd reads.',
  remedy: 'Try the time with systemd-analyze calendar.',
})

export const timerScheduleIdle = rule({
  id: 'boot/timer-schedule-idle',
  level: 'error',
  reference: timerManual,
  says: ({ unit: name, service, what }: { unit: string; service: string; what: string }) =>
    `${name} would start ${service}, which ${what}.`,
  wants: 'A timer has a unit to start.',
  remedy: 'Install it, unmask it, or correct Unit=.',
})

const settings = ['OnActiveSec', 'OnBootSec', 'OnStartupSec', 'OnUnitActiveSec', 'OnUnitInactiveSec', 'OnCalendar']
const switches = ['OnClockChange', 'OnTimezoneChange']
const words =
  /^(?:minutely|hourly|daily|monthly|weekly|yearly|annually|quarterly|semiannually|biannually|anually)(?: \S+)?$/i
const days = String.raw`(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*(?:\.\.|,|-)?)+`
const date = String.raw`[\d*,./~-]+-[\d*,./~-]+|[\d*]{1,4}-[\d*,./~]+-[\d*,./~]+`
const time = String.raw`[\d*,./]+:[\d*,./]+(?::[\d*,./]+)?`
const calendar = new RegExp(`^(?:${days},?)?\\s*(?:${date})?\\s*(?:${time})?(?:\\s+[A-Za-z_]+(?:/[A-Za-z_]+)*)?$`, 'i')

/** Declared timers: when they come, and what they start. */
export const timerSchedule = staticCheck({
  id: 'boot/timer-schedule',
  rules: [timerScheduleNone, timerScheduleIdle],
  *run({ declared, files: { units } }) {
    for (const name of declared.timers) {
      const own = units.byName.get(name)
      if (own?.state !== 'loaded') continue
      const times = settings.flatMap((each) => valuesOf(own, 'Timer', each))
      const strange = times.find(({ name: setting, value }) => setting === 'OnCalendar' && !isCalendar(value))
      const never = times.find(({ name: setting, value }) => setting === 'OnCalendar' && isOver(value))
      const switched = switches.some((each) => valuesOf(own, 'Timer', each).length > 0)
      if (times.length === 0 && !switched) yield timerScheduleNone.at(name, { unit: name, what: 'says no time' })
      else if (strange !== undefined) {
        yield timerScheduleNone.at(name, { unit: name, what: `has OnCalendar=${strange.value}, which is no time` })
      } else if (never !== undefined && times.length === 1) {
        yield timerScheduleNone.at(name, { unit: name, what: `has OnCalendar=${never.value}, which is over` })
      }
      const service = valuesOf(own, 'Timer', 'Unit').at(-1)?.value ?? name.replace(/\.timer$/, '.service')
      const state = units.byName.get(service)?.state ?? 'missing'
      if (state === 'loaded' || service.includes('%') || service.includes('@')) continue
      const what = state === 'masked' ? 'is masked' : 'is not there'
      yield timerScheduleIdle.at(name, { unit: name, service, what })
    }
  },
  examples: [
    { title: 'every day', given: timed('OnCalendar=daily'), yields: [] },
    { title: 'at a time', given: timed('OnCalendar=Mon..Fri *-*-* 04:00:00'), yields: [] },
    { title: 'in the time of a place', given: timed('OnCalendar=*-*-* 6,18:00 Europe/Berlin'), yields: [] },
    { title: 'no time', given: timed('Persistent=true'), yields: [timerScheduleNone] },
    { title: 'a time that is none', given: timed('OnCalendar=dayly'), yields: [timerScheduleNone] },
    { title: 'a minute that no clock shows', given: timed('OnCalendar=*-*-* 02:60:00'), yields: [timerScheduleNone] },
    { title: 'every quarter of an hour, at work', given: timed('OnCalendar=Mon..Fri 8..17:0/15'), yields: [] },
    { title: 'a time that is over', given: timed('OnCalendar=2001-01-01 04:00:00'), yields: [timerScheduleNone] },
    { title: 'nothing to start', given: timed('OnCalendar=daily', false), yields: [timerScheduleIdle] },
  ],
})

function isCalendar(value: string): boolean {
  return (
    words.test(value) ||
    (isShown(value) && /[\d*]|^(?:mon|tue|wed|thu|fri|sat|sun)/i.test(value) && calendar.test(value))
  )
}

/** Whether a clock and a calendar show such numbers. */
function isShown(value: string): boolean {
  const [, hours, minutes, seconds] = /([\d*,./]+):([\d*,./]+)(?::([\d*,./]+))?/.exec(value) ?? []
  const [, months, monthDays] = /[\d*,./]+-([\d*,./]+)[-~]([\d*,./]+)/.exec(value) ?? []
  const limits = [
    [hours, 23],
    [minutes, 59],
    [seconds, 59],
    [months, 12],
    [monthDays, 31],
  ] as const
  // What stands behind a slash repeats, and is no number of a clock.
  return limits.every(([told = '', most]) =>
    told
      .replaceAll(/\/[\d.]+/g, '')
      .split(/,|\.\./)
      .every((each) => !/^\d+/.test(each) || Math.trunc(Number(each)) <= most),
  )
}

/** Before there was any host that this could be about. */
function isOver(value: string): boolean {
  const [, year] = /^(?:[a-z]+ )?(\d{4})-\d/i.exec(value) ?? []
  return year !== undefined && Number(year) < 2020
}

function timed(setting: string, service = true) {
  return sketch({
    declared: { timers: ['a.timer'] },
    units: [
      unit('a.timer', `[Timer]\n${setting}\n`, { pulledInBy: ['timers.target'] }),
      ...(service ? [unit('a.service', '[Service]\nExecStart=/usr/bin/a\n', {})] : []),
    ],
  })
}
