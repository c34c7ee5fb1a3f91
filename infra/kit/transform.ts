/** A last change to the arguments of a resource: what it returns is used. */
export type Transform<Args> = (args: Args) => Args;
