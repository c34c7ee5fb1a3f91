/** Who may do what with Loki, which asks nobody itself: plain data, checked by the real nginx. */
import { lokiPort, tenant } from "./loki.config";

export const gatewayPort = 3_100;
/** The users: boards read, shippers write, and neither can do the other's. */
export const users = { reader: "grafana", writer: "shipper" } as const;
/** Folder with one file of users for each. */
export const authFolder = "/etc/gateway/auth";

/** What a board asks for ("Loki HTTP API", Loki documentation, 2026-11). Nothing that deletes, flushes or shows the configuration. */
const readable = [
  "query",
  "query_range",
  "labels",
  "label/[^/]+/values",
  "series",
  "index/(stats|volume|volume_range)",
  "patterns",
  "detected_(labels|fields)",
  "detected_field/[^/]+/values",
  "drilldown-limits",
  "format_query",
  "rules",
  "status/buildinfo",
];

/** Where it listens and what it passes requests on to: another in tests. */
export interface GatewayPlaces {
  readonly loki: string;
  readonly port?: number;
  readonly auth?: string;
  readonly scratch?: string;
}

/** The configuration of nginx. */
export function gatewayConfiguration({
  loki,
  port = gatewayPort,
  auth = authFolder,
  scratch = "/tmp",
}: GatewayPlaces): string {
  const pass = `
      proxy_set_header X-Scope-OrgID ${tenant};
      proxy_set_header Authorization "";
      proxy_pass http://loki;`;
  return `worker_processes 2;
pid ${scratch}/nginx.pid;
error_log stderr warn;
events { worker_connections 4096; }
http {
  client_body_temp_path ${scratch}/body;
  proxy_temp_path ${scratch}/proxy;
  fastcgi_temp_path ${scratch}/fastcgi;
  uwsgi_temp_path ${scratch}/uwsgi;
  scgi_temp_path ${scratch}/scgi;
  server_tokens off;
  map $status $level { ~^5 error; ~^4 warn; default info; }
  # Queries are not logged: who looked for whom is nobody's business.
  log_format lines escape=json '{"time":"$time_iso8601","level":"$level","status":"$status","user":"$remote_user","method":"$request_method","path":"$uri","seconds":"$request_time","bytes":"$body_bytes_sent","request_id":"$request_id"}';
  access_log /dev/stdout lines;
  upstream loki {
    server ${loki};
    keepalive 32;
  }
  server {
    listen ${port};
    client_max_body_size 8m;
    proxy_http_version 1.1;
    proxy_set_header Connection "";
    proxy_read_timeout 130s;
    location = /health { access_log off; return 200 "ok\\n"; }
    location = /loki/api/v1/push {
      limit_except POST { deny all; }
      auth_basic "logs";
      auth_basic_user_file ${auth}/writers;${pass}
    }
    location ~ ^/loki/api/v1/(${readable.join("|")})$ {
      limit_except GET POST { deny all; }
      auth_basic "logs";
      auth_basic_user_file ${auth}/readers;${pass}
    }
    location / { return 404; }
  }
}
`;
}

/** The address of Loki's service in the cluster. */
export const lokiAddress = (fullname: string, namespace: string): string =>
  `${fullname}.${namespace}.svc.cluster.local:${lokiPort}`;
