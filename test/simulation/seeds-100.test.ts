import { describeSeeds } from "./describe-seeds.ts";

describeSeeds(100, 100);
