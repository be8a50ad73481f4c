import { describeSeeds } from "./describe-seeds.ts";

describeSeeds(250, 250);
