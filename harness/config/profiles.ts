/** When a trial runs, and so how long it may take. */
export const profileNames = ['commit', 'release', 'nightly'] as const

export type ProfileName = (typeof profileNames)[number]

export function isProfileName(name: string): name is ProfileName {
  return (profileNames as readonly string[]).includes(name)
}

/** What a profile is when the configuration says nothing of it: minutes, an hour, a night. */
export const profileDefaults: Readonly<Record<ProfileName, { readonly timeLimitSeconds: number }>> = {
  commit: { timeLimitSeconds: 600 },
  release: { timeLimitSeconds: 3_600 },
  nightly: { timeLimitSeconds: 8 * 3_600 },
}
