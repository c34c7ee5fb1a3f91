/** What looks into a database of PostgreSQL: postgres_exporter, which logs in by IAM, so that there is no password anywhere. */
import { Deployment } from "@pulumi/kubernetes/apps/v1/deployment.js";
import { Service } from "@pulumi/kubernetes/core/v1/service.js";
import { ServiceAccount } from "@pulumi/kubernetes/core/v1/serviceAccount.js";
import { type CustomResourceOptions, type Input, interpolate } from "@pulumi/pulumi";
import { podIdentity } from "../cluster/pod-identity";
import type { CollectedDatabase, CollectorArgs } from "./collector.args";
import type { CollectorImages } from "./images";
import { containerSecurity, labelsOf, podSecurity, probe } from "./pods";

export const exporterPort = 9_187;
/** Where the login and the authorities of RDS are: in memory. */
const run = "/run/login";
const passwords = `${run}/pgpass`;
const authorities = `${run}/authorities.pem`;

/** Name of everything that is made for one database. */
export const exporterName = (collector: string, database: string): string => `${collector}-${database}`;

/** Where the exporter of a database is found. */
export const exporterAddress = (collector: string, database: string, namespace: string): string =>
  `${exporterName(collector, database)}.${namespace}.svc:${exporterPort}`;

/**
 * RDS signs its certificates with an authority of its own, whose certificates AWS publishes for each region ("Using SSL/TLS to encrypt a connection to a DB
 * instance", RDS User Guide, 2026-11).
 */
const fetchAuthorities = `set -eu
curl --fail --silent --show-error --retry 5 --retry-connrefused --max-time 30 --proto '=https' \\
  --output ${authorities} "https://truststore.pki.rds.amazonaws.com/$AWS_REGION/$AWS_REGION-bundle.pem"
grep --quiet 'BEGIN CERTIFICATE' ${authorities}
`;

/** A login lasts a quarter of an hour ("IAM database authentication", RDS User Guide, 2026-11), and is read whenever the exporter connects. */
export const renewLogin = `set -eu
umask 077
while true; do
  token=$(aws rds generate-db-auth-token --hostname "$DATABASE_HOST" --port "$DATABASE_PORT" --username "$DATABASE_USER" --region "$AWS_REGION")
  printf '%s:%s:*:%s:%s\\n' "$DATABASE_HOST" "$DATABASE_PORT" "$DATABASE_USER" "$(printf '%s' "$token" | sed 's/[\\\\:]/\\\\&/g')" > ${passwords}.new
  mv ${passwords}.new ${passwords}
  sleep 300
done
`;

const env = (given: Readonly<Record<string, Input<string>>>) =>
  Object.entries(given).map(([name, value]) => ({ name, value }));
const resources = (cpu: string, memory: string) => ({ requests: { cpu, memory }, limits: { memory } });

/** The pod of an exporter. */
function podSpec(name: string, database: CollectedDatabase, images: CollectorImages, region: string) {
  const { address, port = 5_432, user = "monitor", databaseName } = database;
  const volumeMounts = [{ name: "login", mountPath: run }];
  const login = { image: images.login, command: ["/bin/sh", "-c"], securityContext: containerSecurity, volumeMounts };
  const about = env({
    AWS_REGION: region,
    DATABASE_HOST: address,
    DATABASE_PORT: String(port),
    DATABASE_USER: user,
    HOME: run,
  });
  return {
    serviceAccountName: name,
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    securityContext: podSecurity,
    initContainers: [
      { ...login, name: "authorities", args: [fetchAuthorities], env: about, resources: resources("20m", "64Mi") },
      {
        ...login,
        name: "login",
        args: [renewLogin],
        env: about,
        resources: resources("20m", "192Mi"),
        // It runs beside the exporter, which starts when the first login is there.
        restartPolicy: "Always",
        startupProbe: { exec: { command: ["test", "-s", passwords] }, periodSeconds: 2, failureThreshold: 30 },
      },
    ],
    containers: [
      {
        name: "exporter",
        image: images.postgres,
        args: [`--web.listen-address=:${exporterPort}`],
        env: env({
          DATA_SOURCE_NAME: interpolate`postgresql://${user}@${address}:${port}/${databaseName}?sslmode=verify-full&sslrootcert=${authorities}&connect_timeout=10&application_name=postgres_exporter`,
          PGPASSFILE: passwords,
        }),
        ports: [{ name: "http", containerPort: exporterPort }],
        resources: resources("50m", "128Mi"),
        readinessProbe: probe("/", "http"),
        livenessProbe: probe("/", "http"),
        securityContext: containerSecurity,
        volumeMounts: [{ ...volumeMounts[0], name: "login", mountPath: run, readOnly: true }],
      },
    ],
    volumes: [{ name: "login", emptyDir: { medium: "Memory", sizeLimit: "4Mi" } }],
  };
}

/** One exporter for one database, with a role that may do nothing but log in as its user. */
export function createExporter(
  collector: string,
  key: string,
  database: CollectedDatabase,
  { cluster, region }: CollectorArgs,
  { namespace, images }: { readonly namespace: string; readonly images: CollectorImages },
  opts: CustomResourceOptions,
): Deployment {
  const name = exporterName(collector, key);
  const labels = labelsOf(name);
  const metadata = { name, namespace, labels };
  const account = new ServiceAccount(name, { metadata, automountServiceAccountToken: false }, opts);
  const statements = [{ Sid: "Login", Action: "rds-db:connect", Resource: database.loginArn }];
  const { parent } = opts;
  const identity = podIdentity(name, { cluster, namespace, serviceAccount: name, statements }, parent && { parent });
  const ports = [{ name: "http", port: exporterPort, targetPort: "http" }];
  new Service(name, { metadata, spec: { selector: labels, ports } }, opts);
  const template = { metadata: { labels }, spec: podSpec(name, database, images, region) };
  const strategy = { type: "RollingUpdate", rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } };
  return new Deployment(
    name,
    { metadata, spec: { replicas: 1, selector: { matchLabels: labels }, strategy, template } },
    { ...opts, dependsOn: [account, identity.nodes.association] },
  );
}
