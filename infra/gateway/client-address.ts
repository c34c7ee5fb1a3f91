/**
 * The header in which the gateway tells the address of its client, and the web ACL looks for it. A private integration lets nobody set X-Forwarded-For, and
 * gives the addresses of the VPC link instead; a header of our own that the gateway overwrites cannot be forged ("Transforming API requests and responses",
 * API Gateway Developer Guide, 2026-11, on reserved headers).
 */
export const clientAddressHeader = "x-client-address";
