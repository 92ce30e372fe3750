"""Names and sentences that look, and compress, like those of people: frequent characters in a random order."""

from __future__ import annotations

import random

SENTENCES = 5000
_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂英华玉萍红梅建国志鹏宇浩然子轩雨欣怡梓涵晨曦博文佳琪雪思远"
_FREQUENT = (
    "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经么去"
    "法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性知全三又关点"
    "正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次度门任常先海通教儿"
    "原东声提立及比员解水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结反受目太量再感建务做接必场件计管期市直德"
)


def name(chosen: random.Random) -> str:
    return chosen.choice(_SURNAMES) + "".join(chosen.choices(_GIVEN, k=chosen.choice((1, 2, 2))))


def sentence(chosen: random.Random) -> str:
    return "，".join("".join(chosen.choices(_FREQUENT, k=chosen.randint(4, 12))) for _ in range(chosen.randint(1, 4)))
