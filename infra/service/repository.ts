import { LifecyclePolicy } from "@pulumi/aws/ecr/lifecyclePolicy.js";
import { Repository } from "@pulumi/aws/ecr/repository.js";
import { Key } from "@pulumi/aws/kms/key.js";
import { ComponentResource, type ComponentResourceOptions, type Input, type Output } from "@pulumi/pulumi";
import { kept } from "../kit/keep";
import { Problems } from "../kit/problems";

/** What a repository of images is made from. */
export interface ImageRepositoryArgs {
  /** Versions that are kept: as far as one can roll back. @default 50 */
  versions?: number;
  /** Customer managed key. Replaces the repository. @default a key of its own */
  kmsKeyArn?: Input<string>;
  /** The engine refuses to delete or replace it and its key. @default true */
  protect?: boolean;
}

/** Days after which an image that no tag names is deleted: what a build left behind. */
const untaggedDays = 14;

const lifecycle = (versions: number): string => {
  const expire = (rulePriority: number, description: string, selection: object) => ({
    rulePriority,
    description,
    selection,
    action: { type: "expire" },
  });
  return JSON.stringify({
    rules: [
      expire(1, "what no tag names", {
        tagStatus: "untagged",
        countType: "sinceImagePushed",
        countUnit: "days",
        countNumber: untaggedDays,
      }),
      expire(2, "versions long past", { tagStatus: "any", countType: "imageCountMoreThan", countNumber: versions }),
    ],
  });
};

/**
 * Where the images of a service lie: encrypted, scanned when they are pushed, and under tags that mean the same image for ever. It is made apart from the service,
 * because the first image must be pushed before the service can begin.
 */
export class ImageRepository extends ComponentResource {
  /** The raw resource. */
  readonly nodes: { readonly repository: Repository };

  constructor(name: string, args: ImageRepositoryArgs = {}, opts?: ComponentResourceOptions) {
    const { versions = 50, protect = true } = args;
    const problems = new Problems(`image repository "${name}"`);
    problems.unless(
      /^[a-z0-9]+([._-][a-z0-9]+)*$/.test(name),
      "its name must be lower-case letters and digits, with single dots, hyphens or underscores between",
      name,
    );
    problems.unless(
      Number.isInteger(versions) && versions >= 5 && versions <= 1_000,
      "versions must be 5 to 1000: with fewer there is nothing to roll back to",
      versions,
    );
    problems.throwIfAny();
    super("vigia:service:ImageRepository", name, {}, opts);
    const kmsKey = args.kmsKeyArn ?? this.createKey(name, protect);
    const repository = new Repository(
      name,
      {
        imageTagMutability: "IMMUTABLE",
        imageScanningConfiguration: { scanOnPush: true },
        encryptionConfigurations: [{ encryptionType: "KMS", kmsKey }],
        forceDelete: false,
      },
      { parent: this, ...kept(protect) },
    );
    new LifecyclePolicy(name, { repository: repository.name, policy: lifecycle(versions) }, { parent: this });
    this.nodes = { repository };
    this.registerOutputs({ url: repository.repositoryUrl });
  }

  /** Where images are pushed to and pulled from, without a tag. */
  get url(): Output<string> {
    return this.nodes.repository.repositoryUrl;
  }

  /** What names an image of it. @param version a tag such as "1.4.2", or a digest such as "sha256:..." */
  image(version: string): Output<string> {
    return this.url.apply((url) => `${url}${version.startsWith("sha256:") ? "@" : ":"}${version}`);
  }

  private createKey(name: string, protect: boolean): Output<string> {
    const description = `Images of ${name}`;
    const args = { description, enableKeyRotation: true, deletionWindowInDays: 30 };
    return new Key(`${name}-images`, args, { parent: this, ...kept(protect) }).arn;
  }
}
