/** Sent unless the caller gives a User-Agent; the version is the package's. */
export const userAgent = 'seatrial/0.1.0'
