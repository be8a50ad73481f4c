import { createMpClient, mpRequest } from "@wechat-edge/core";
import {
  addMaterial,
  countMaterial,
  deleteMaterial,
  getMaterial,
  listMaterial,
  uploadArticleImage,
} from "@wechat-edge/mp-media";
import {
  appid,
  idsIn,
  type PublishingClient,
  pictureBytes,
  pictureName,
  secret,
} from "./publishing-client.ts";

const mp = createMpClient({ appid, secret });
const file = new File([pictureBytes], pictureName);

export const client: PublishingClient = {
  articleImage: async () => (await uploadArticleImage(mp, file)).url,
  material: async () => (await addMaterial(mp, { type: "image" }, file)).media_id,
  count: async () => (await countMaterial(mp)).image_count,
  list: async () => idsIn(await listMaterial(mp, { type: "image", offset: 0, count: 20 })),
  async read(media_id) {
    const material = await getMaterial(mp, { media_id });
    if (material.kind !== "file") throw new Error(`No file, but ${material.kind}.`);
    return Buffer.from(await new Response(material.body).arrayBuffer());
  },
  remove: (media_id) => deleteMaterial(mp, { media_id }),
  post: (path, body) => mpRequest(mp, { method: "POST", path, body }),
};
