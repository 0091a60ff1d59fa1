/** Settings of sshd in lower case: sshd_config(5) of OpenSSH 9, and what distributions and older versions take. */
export const sshKeywords: ReadonlySet<string> = new Set(
  [
    'acceptenv addressfamily allowagentforwarding allowgroups allowstreamlocalforwarding allowtcpforwarding allowusers',
    'authenticationmethods authorizedkeyscommand authorizedkeyscommanduser authorizedkeysfile authorizedprincipalscommand',
    'authorizedprincipalscommanduser authorizedprincipalsfile banner casignaturealgorithms challengeresponseauthentication',
    'channeltimeout chrootdirectory ciphers clientalivecountmax clientaliveinterval compression debianbanner denygroups',
    'denyusers disableforwarding exposeauthinfo fingerprinthash forcecommand gatewayports gssapiauthentication',
    'gssapicleanupcredentials gssapikexalgorithms gssapikeyexchange gssapistorecredentialsonrekey gssapistrictacceptorcheck',
    'hostbasedacceptedalgorithms hostbasedacceptedkeytypes hostbasedauthentication hostbasedusesnamefrompacketonly',
    'hostcertificate hostkey hostkeyagent hostkeyalgorithms ignorerhosts ignoreuserknownhosts include ipqos',
    'kbdinteractiveauthentication kerberosauthentication kerberosgetafstoken kerberosorlocalpasswd kerberosticketcleanup',
    'kexalgorithms keyregenerationinterval listenaddress logingracetime loglevel logverbose macs match maxauthtries',
    'maxsessions maxstartups modulifile passwordauthentication permitemptypasswords permitlisten permitopen',
    'permitrootlogin permittty permittunnel permituserenvironment permituserrc persourcemaxstartups persourcenetblocksize',
    'persourcepenalties persourcepenaltyexemptlist pidfile port printlastlog printmotd protocol pubkeyacceptedalgorithms',
    'pubkeyacceptedkeytypes pubkeyauthentication pubkeyauthoptions rdomain refuseconnection rekeylimit requiredrsasize',
    'revokedkeys rsaauthentication rhostsrsaauthentication securitykeyprovider serverkeybits setenv sshdsessionpath',
    'streamlocalbindmask streamlocalbindunlink strictmodes subsystem syslogfacility tcpkeepalive trustedusercakeys',
    'unusedconnectiontimeout usedns uselogin usepam useprivilegeseparation versionaddendum x11displayoffset',
    'x11forwarding x11uselocalhost xauthlocation',
  ].flatMap((words) => words.split(' ')),
)
