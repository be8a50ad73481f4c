import { describeSeeds } from "./describe-seeds.ts";

describeSeeds(750, 250);
