// The fake shop's shelves: a corner grocer with a tea counter.

import type { Product, TaxKind } from '../bindings';

type Row = readonly [name: string, price: number, tax?: TaxKind];

const shelves: ReadonlyArray<readonly [category: string, letter: string, rows: readonly Row[]]> = [
  ['茶飲', 'T', [
    ['四季春青茶', 35], ['茉莉綠茶', 35], ['阿薩姆紅茶', 35], ['凍頂烏龍茶', 40], ['東方美人茶', 65], ['冬瓜檸檬', 50],
    ['珍珠奶茶', 60], ['黑糖波霸鮮奶', 75], ['紅茶拿鐵', 65], ['蜂蜜檸檬', 60], ['百香雙響炮', 65], ['楊枝甘露', 85],
    ['仙草凍奶茶', 65], ['多多綠茶', 55], ['金桔檸檬', 55], ['青梅綠茶', 50],
  ]],
  ['咖啡', 'C', [
    ['美式咖啡', 55], ['拿鐵咖啡', 75], ['卡布奇諾', 75], ['焦糖瑪奇朵', 95], ['西西里檸檬咖啡', 90], ['冷萃咖啡', 100],
    ['阿里山單品手沖', 150], ['掛耳包 10 入', 280],
  ]],
  ['麵包', 'B', [
    ['菠蘿麵包', 35], ['蔥花麵包', 38], ['紅豆麵包', 35], ['鹽可頌', 42], ['起司火腿三明治', 55], ['鮪魚蛋三明治', 55],
    ['全麥吐司半條', 60], ['蜂蜜蛋糕', 120], ['肉鬆麵包', 40], ['奶酥厚片', 45],
  ]],
  ['點心', 'S', [
    ['茶葉蛋', 13], ['烤地瓜', 45, 'exempt'], ['鹹酥雞', 80], ['滷味拼盤', 120], ['蘿蔔糕', 40], ['鳳梨酥禮盒 12 入', 480],
    ['太陽餅 6 入', 210], ['牛軋餅 16 入', 250], ['花生糖', 90], ['海苔米果', 59], ['洋芋片 原味', 42], ['蝦味先', 28],
    ['可樂果 酷辣', 28], ['科學麵', 12], ['黑巧克力 72%', 89], ['無糖豆乳餅乾', 65],
  ]],
  ['冷藏', 'D', [
    ['鮮乳 936 ml', 98], ['無糖豆漿 960 ml', 45], ['優格 原味', 42], ['布丁 3 入', 39], ['嫩豆腐', 22], ['雞蛋 10 入', 85, 'exempt'],
    ['純水 600 ml', 20], ['氣泡水', 29], ['可樂 330 ml', 29], ['啤酒 330 ml', 45], ['運動飲料', 30], ['柳橙汁 100%', 65],
  ]],
  ['生鮮', 'F', [
    ['香蕉 一把', 45, 'exempt'], ['蘋果 單顆', 35, 'exempt'], ['芭樂 一袋', 60, 'exempt'], ['高麗菜 半顆', 40, 'exempt'],
    ['青蔥 一把', 30, 'exempt'], ['番茄 一盒', 55, 'exempt'], ['池上白米 2 kg', 199, 'exempt'], ['地瓜葉', 25, 'exempt'],
    ['馬鈴薯 一袋', 49, 'exempt'], ['洋蔥 3 入', 45, 'exempt'],
  ]],
  ['乾貨', 'G', [
    ['關廟麵', 65], ['陽春麵條', 45], ['醬油 590 ml', 85], ['香油 180 ml', 95], ['烏醋', 48], ['辣豆瓣醬', 79],
    ['紅豆 600 g', 75, 'exempt'], ['綠豆 600 g', 68, 'exempt'], ['乾香菇 100 g', 220], ['黑木耳', 90], ['冰糖 500 g', 58],
    ['泡麵 蔥燒牛肉', 28], ['泡麵 肉骨茶', 28], ['鮪魚罐頭', 55],
  ]],
  ['日用', 'H', [
    ['抽取式衛生紙', 129], ['濕紙巾', 49], ['垃圾袋 中', 69], ['洗碗精', 65], ['洗衣球', 199], ['牙刷', 49], ['牙膏', 79],
    ['口罩 10 入', 50], ['乾電池 3 號 4 入', 99], ['環保購物袋', 15], ['打火機', 15], ['雨衣', 49], ['外銷茶葉罐', 350, 'zero_rated'],
  ]],
  ['文具', 'P', [
    ['原子筆 藍', 15], ['自動鉛筆', 35], ['橡皮擦', 12], ['筆記本 A5', 45], ['便利貼', 39], ['剪刀', 55], ['膠水', 25],
    ['資料夾', 20], ['紅包袋 10 入', 30], ['影印紙 500 張', 149],
  ]],
];

export const fakeProducts: readonly Product[] = shelves.flatMap(([category, letter, rows], shelf) =>
  rows.map(([name, price, tax = 'taxable'], row): Product => ({
    code: `${letter}${String(row + 1).padStart(3, '0')}`,
    // The tea counter pours; only packed goods carry a barcode.
    barcode: shelf < 2 && row < 7 ? null : ean13(`4710${String(shelf + 1).padStart(3, '0')}${String(row + 1).padStart(5, '0')}`),
    name,
    category,
    price,
    tax,
    unit: 'piece',
    favourite: false,
    later: false,
  })),
);

function ean13(twelve: string): string {
  const sum = [...twelve].reduce((total, digit, at) => total + Number(digit) * (at % 2 === 0 ? 1 : 3), 0);
  return twelve + String((10 - (sum % 10)) % 10);
}

/** The same shop grown beyond all shelves: a few at hand, some sold by weight, and names as suppliers write them. */
export function largeShop(count: number): Product[] {
  const odd = ['👨‍👩‍👧 家庭號 🍜 牛肉泡麵', 'שוקולד מריר 85%', 'شاي أخضر بالنعناع', `特長品名 ${'非常好吃的'.repeat(20)}`];
  return Array.from({ length: count }, (_, at): Product => {
    const like = fakeProducts[at % fakeProducts.length];
    if (like === undefined) throw new Error('the fake shop sells nothing');
    const weighed = at % 29 === 3;
    return {
      ...like, code: `W${String(at + 1).padStart(6, '0')}`, barcode: at % 3 === 0 ? null : ean13(`4711${String(at + 1).padStart(8, '0')}`), name: odd[at] ?? `${like.name}${weighed ? '（秤重）' : ''} ${at + 1}`,
      unit: weighed ? 'kilogram' : 'piece', favourite: at % 700 < 12, later: at % 41 === 5,
    };
  });
}
