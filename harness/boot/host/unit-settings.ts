/** Sections that a unit file may have, beside those that begin with X-. */
export const sections = new Set(
  'Unit Install Service Socket Mount Automount Swap Timer Path Slice Scope Target Device'.split(' '),
)

/** Settings without which units do something else than they should: a word near one of them is a slip. */
export const important: readonly string[] = [
  'Description Documentation After Before Requires Wants BindsTo PartOf Conflicts OnFailure DefaultDependencies',
  'RequiresMountsFor WantsMountsFor ConditionPathExists AssertPathExists StartLimitIntervalSec StartLimitBurst WantedBy',
  'RequiredBy Alias Also DefaultInstance Type ExecStart ExecStartPre ExecStartPost ExecStop ExecReload Restart RestartSec',
  'PIDFile RemainAfterExit TimeoutStartSec TimeoutStopSec TimeoutSec User Group WorkingDirectory Environment EnvironmentFile',
  'RuntimeDirectory StateDirectory LogsDirectory LimitNOFILE What Where Options OnCalendar OnBootSec OnUnitActiveSec',
  'Persistent ListenStream Accept Unit BusName KillMode ExecCondition',
].flatMap((words) => words.split(' '))

/** Real settings that are near one of those. */
export const real = new Set(
  [
    'OnClockChange OnActiveSec OnStartupSec OnUnitInactiveSec OnTimezoneChange OnSuccess OnFailureJobMode ExecStopPost',
    'ExecPaths NoExecPaths RestartMode RestartSteps RestartKillSignal RootDirectory CacheDirectory Slice Sockets Service',
    'Wants Upholds UpheldBy Requisite PropagatesReloadTo UMask Nice Personality LimitCORE LimitNPROC LimitCPU LimitDATA',
    'LimitSTACK LimitAS LimitRSS LimitFSIZE LimitNICE LimitRTPRIO LimitMEMLOCK LimitLOCKS LimitMSGQUEUE LimitSIGPENDING',
    'ListenDatagram ListenFIFO ListenSpecial ListenNetlink ListenMessageQueue ListenSequentialPacket PrivateUsers PrivateTmp',
    'Options SloppyOptions LazyUnmount Priority TimeoutAbortSec TimeoutIdleSec ConditionPathIsDirectory ConditionHost',
    'ConditionPathExistsGlob ConditionPathIsMountPoint ConditionPathIsReadWrite ConditionPathIsSymbolicLink',
    'ConditionPathIsEncrypted AssertPathExistsGlob AssertPathIsDirectory PassEnvironment UnsetEnvironment',
    'ConfigurationDirectory RuntimeDirectoryMode StateDirectoryMode LogsDirectoryMode UserNamespacePath BusPolicy',
    'Unit Also StartLimitInterval StartLimitAction BindTo BindPaths ReadOnlyPaths DirectoryMode SocketMode SocketUser',
    'SocketGroup Persistent Accept Backlog TimerSlackNSec KeyringMode KillSignal Delegate Sockets Symlinks Type Where',
  ].flatMap((words) => words.split(' ')),
)

/** Settings with a fixed set of values. */
export const choices: Readonly<Record<string, RegExp>> = {
  'Service.Type': /^(?:simple|exec|forking|oneshot|dbus|notify|notify-reload|idle)$/,
  'Service.Restart': /^(?:no|on-success|on-failure|on-abnormal|on-watchdog|on-abort|always)$/,
  'Service.RemainAfterExit': /^(?:1|yes|y|true|t|on|0|no|n|false|f|off)$/i,
  'Unit.DefaultDependencies': /^(?:1|yes|y|true|t|on|0|no|n|false|f|off)$/i,
  'Service.KillMode': /^(?:control-group|mixed|process|none)$/,
}
