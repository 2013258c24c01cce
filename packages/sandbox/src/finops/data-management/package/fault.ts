/** What is wrong with a package or one of its files, in F&O's words. */
export class PackageFault extends Error {}
