/** The version that the command line, records and the User-Agent name. Held to package.json by a test. */
export const version = '0.1.0'
