import { stripVTControlCharacters } from 'node:util'
import { describe, expect, test } from 'vitest'
import { readWorkflowCommands } from '../readers.ts'
import { sampleRecord } from '../sample-everything.ts'
import { largeRecord, recordOf, sampleFinding, sampleStep } from '../sample-record.ts'
import { text } from './text.ts'

const options = { colour: false, columns: 100 }

test('a failure teaches: what was seen, what was wanted, the mend, the source, and how to replay it', () => {
  const record = recordOf([sampleStep({ findings: [sampleFinding()], outcome: { kind: 'failed' } })])
  expect(text.render(record, { ...options, folder: 'reports/sample' })).toMatchInlineSnapshot(`
    "ERROR http/age-not-integer at balancer /page (response.fields.age)
      saw:    Age is "ten", not a whole number of seconds.
      wanted: Age is one non-negative whole number of seconds.
      mend:   Send whole seconds in Age, or drop the field.
      source: RFC 9111 section 5.1  https://www.rfc-editor.org/rfc/rfc9111#section-5.1
      replay: seatrial http http://127.0.0.1:8080/page --only http/age

    http      1 failed
    findings  1 error
    cost      41.2 s, 18.4 s of processor, 412 MiB of memory at most
    reports   reports/sample

    Failed: 1 finding blocks.
    "
  `)
})

test('a clean run is short and says what it rests on', () => {
  const record = recordOf([sampleStep(), sampleStep({ subject: 'nginx /' })])
  expect(text.render(record, options)).toMatchInlineSnapshot(`
    "http      2 passed
    findings  none
    cost      41.2 s, 18.4 s of processor, 412 MiB of memory at most

    Passed: 2 checks looked at 2 subjects and found nothing that blocks.
    "
  `)
})

describe('a run with everything in it', () => {
  const told = text.render(sampleRecord(), { ...options, columns: 80 })

  test('the same finding over several subjects is one block with a list of them', () => {
    expect(told.match(/^ERROR http\/age-not-integer/gm)).toHaveLength(1)
    expect(told).toContain(
      [
        'ERROR http/age-not-integer at 3 places',
        '  saw:    Age is "ten", not a whole number of seconds.',
        '          at balancer /page (response.fields.age)',
        '          at nginx /page (response.fields.age)',
        '  saw:    Age is "-1", not a whole number of seconds.',
        '          at nginx /page (response.fields.age)',
        '  wanted:',
      ].join('\n'),
    )
  })

  test('what is excused is told with the reason, the owner and the day, and not as an error', () => {
    expect(told).toContain('EXCUSED http/server-versioned')
    expect(told).toContain('accepted by ops until 2027-01-31: internal network only')
    expect(told).toContain('was there before (baseline)')
    expect(told).not.toMatch(/^ERROR http\/server-versioned/m)
  })

  test('a warning that does not block is one line with its places', () => {
    expect(told).toMatch(/^WARNING http\/hsts-absent: .* At nginx \/page .*, apache \/page .*, balancer \/login .*$/m)
  })

  test('steps that could not look say why and what to do, and alike ones are told together', () => {
    expect(told).toContain(
      [
        'COULD NOT LOOK boot/reboot at host: a wait ran out (timeout)',
        '  why:    waited 30 s for "sshd is up", last saw:',
        '          activating (start)',
        '          activating (start)',
        '  mend:   Look at the attached journal of sshd.',
      ].join('\n'),
    )
    expect(told).toContain(
      [
        'COULD NOT LOOK 2 steps: this machine cannot do it (unsupported)',
        '  why:    no container engine answers',
        '          in replication/topology at db /promote',
        '          in replication/topology at db /restore',
      ].join('\n'),
    )
  })

  test('notes of the gate and skipped steps stay visible', () => {
    expect(told).toContain('GATE BLOCKS acceptance expired: http/cookie-insecure')
    expect(told).toContain('GATE acceptance hides nothing: http/vary-absent')
    expect(told).toContain('skipped 1 step (http/tls): TLS is not spoken here')
  })

  test('the verdict stands last', () => {
    expect(told.split('\n\n').at(-1)).toMatchInlineSnapshot(`
      "Failed: 4 findings and 1 note of the gate block. 3 steps could not look. The run
              was ended from outside; this is what it had got to.
      "
    `)
  })

  test('no hostile text reaches the terminal or gives orders to a pipeline', () => {
    expect(told).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/)
    expect(readWorkflowCommands(told)).toEqual([])
  })

  test('prose is wrapped to the terminal, while commands and addresses stay whole', () => {
    const prose = told.split('\n').filter((line) => /^ {2}(wanted|mend):/.test(line))
    expect(prose.length).toBeGreaterThan(0)
    expect(Math.max(...prose.map((line) => line.length))).toBeLessThanOrEqual(80)
    expect(told).toContain('https://www.rfc-editor.org/rfc/rfc9111#section-5.1\n')
  })
})

test('a step that looked at nothing is told as one that could not look', () => {
  const why = { because: 'prerequisite', why: 'no check looked at anything', mend: 'Give it something.' } as const
  const record = recordOf([sampleStep({ looked: [], outcome: { kind: 'unsettled', ...why } })])
  expect(text.render(record, options)).toContain('COULD NOT LOOK http/fields at balancer /page')
})

test('an error within the budget is not told as blocking', () => {
  const record = recordOf([sampleStep({ findings: [sampleFinding({ blocks: false })] })])
  const told = text.render(record, options)
  expect(told).toMatch(/^ERROR http\/age-not-integer: Age is "ten"/m)
  expect(told).not.toContain('replay:')
  expect(told).toContain('Passed: ')
})

test('colours are there only when they are wanted, and change no word', () => {
  const plain = text.render(sampleRecord(), options)
  const coloured = text.render(sampleRecord(), { ...options, colour: true })
  expect(coloured).not.toBe(plain)
  expect(stripVTControlCharacters(coloured)).toBe(plain)
})

test('ten thousand findings are told on a few screens, with a count of what is not listed', () => {
  const told = text.render(largeRecord(2000, 5), options)
  expect(told.split('\n').length).toBeLessThan(1000)
  expect(told).toContain('all are in run.json')
  expect(told).toContain('6,000 findings block.')
})
