import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { dirname, join } from 'node:path'
import process from 'node:process'
import { setTimeout as pause } from 'node:timers/promises'
import { say, Trouble } from './say.mjs'

/**
 * Does `work` while no other process holds `folder`. The folder comes into being with its owner
 * in it, by one rename, so nobody ever sees it without; the folder of a dead owner is taken over.
 *
 * @template T
 * @param {string} folder
 * @param {{ what: string, deadlineMs: number }} options
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(folder, { what, deadlineMs }, work) {
  mkdirSync(dirname(folder), { recursive: true })
  const end = performance.now() + deadlineMs
  let told = false
  while (!take(folder)) {
    const owner = ownerOf(folder)
    if (owner !== undefined && isGone(owner)) {
      clear(folder, owner)
      continue
    }
    if (performance.now() > end) {
      throw new Trouble(
        `waited ${deadlineMs / 1000} s for another process (${owner ?? 'unknown'}) to finish ${what}`,
        `end that process, or remove ${folder} if it is not there any more`,
      )
    }
    if (!told) say(`another process (${owner ?? 'unknown'}) is at ${what}; waiting for it`)
    told = true
    await pause(50)
  }
  try {
    return await work()
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** @param {string} folder */
function take(folder) {
  const mine = mkdtempSync(`${folder}.`)
  writeFileSync(join(mine, 'owner'), `${process.pid}@${hostname()}`)
  try {
    renameSync(mine, folder)
    return true
  } catch {
    rmSync(mine, { recursive: true, force: true })
    return false
  }
}

/** @param {string} folder */
function ownerOf(folder) {
  try {
    return readFileSync(join(folder, 'owner'), 'utf8')
  } catch {
    return undefined
  }
}

/** Only a process of this machine can be known to be gone. @param {string} owner */
function isGone(owner) {
  const [pid, ...host] = owner.split('@')
  if (host.join('@') !== hostname()) return false
  try {
    process.kill(Number(pid), 0)
    return false
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'ESRCH'
  }
}

/**
 * Moves the dead owner's folder away before removing it: had somebody else taken it over in
 * between, the rename shows a living owner, and the folder goes back.
 *
 * @param {string} folder @param {string} dead
 */
function clear(folder, dead) {
  const away = `${folder}.${process.pid}.gone`
  try {
    renameSync(folder, away)
    if (ownerOf(away) !== dead && statSync(away).isDirectory()) renameSync(away, folder)
    else rmSync(away, { recursive: true, force: true })
  } catch {
    // Somebody else cleared it first.
  }
}
