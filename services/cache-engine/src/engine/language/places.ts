/** The laws that a wedding may be under. */
export type Jurisdiction =
  'england-wales' | 'england' | 'wales' | 'scotland' | 'northern-ireland' | 'ireland' | 'abroad' | 'britain' | 'uk';

/** Counties, towns and countries by the law that holds there; lower case. Written for this file. */
const BY_JURISDICTION: Readonly<Record<Jurisdiction, string>> = {
  england: `england, london, bath, bedford, bedfordshire, berkshire, birmingham, blackpool, bolton, bournemouth, bradford, brighton,
    bristol, buckinghamshire, bury, cambridge, cambridgeshire, canterbury, carlisle, chelmsford, cheltenham, cheshire, chester,
    chichester, colchester, cornwall, cotswolds, coventry, croydon, cumbria, derby, derbyshire, devon, dorset, doncaster, dudley, durham,
    county durham, eastbourne, essex, exeter, gateshead, gloucester, gloucestershire, greenwich, grimsby, guildford, hampshire,
    harrogate, hastings, hereford, herefordshire, hertfordshire, huddersfield, hull, huntingdon, ipswich, islington, kent, kendal,
    lake district, lancashire, lancaster, leeds, leicester, leicestershire, lincoln, lincolnshire, liverpool, lowestoft, luton,
    maidstone, manchester, margate, merseyside, middlesbrough, milton keynes, newcastle, norfolk, northampton, northamptonshire,
    northumberland, norwich, nottingham, nottinghamshire, oldham, oxford, oxfordshire, peak district, penzance, peterborough,
    plymouth, poole, portsmouth, preston, ramsgate, richmond, rochdale, rutland, salford, salisbury, scarborough, sheffield,
    shrewsbury, shropshire, slough, smethwick, solihull, somerset, southall, southampton, southend, southport, staffordshire,
    stockport, stoke, stratford, suffolk, sunderland, surrey, sussex, east sussex, west sussex, swindon, taunton, telford, torquay,
    truro, tyneside, wakefield, warrington, warwick, warwickshire, wembley, weymouth, whitby, wigan, wiltshire, winchester, windsor,
    wolverhampton, worcester, worcestershire, worthing, yeovil, york, yorkshire, north yorkshire, isle of wight`,
  wales: `wales, aberystwyth, anglesey, bangor gwynedd, barry, brecon, caernarfon, cardiff, carmarthen, carmarthenshire, ceredigion,
    conwy, denbighshire, flintshire, glamorgan, gwynedd, hay-on-wye, llandudno, llanelli, merthyr, monmouth, monmouthshire, neath,
    newport, pembroke, pembrokeshire, pontypridd, powys, rhondda, rhyl, snowdonia, swansea, tenby, wrexham`,
  scotland: `scotland, aberdeen, aberdeenshire, angus, argyll, arran, aviemore, ayr, ayrshire, borders, cairngorms, dumfries, dunblane,
    dundee, edinburgh, falkirk, fife, fort william, galloway, glasgow, glencoe, gretna, gretna green, hebrides, highlands,
    inverness, kilmarnock, kirkcaldy, lanark, lanarkshire, loch lomond, loch ness, lothian, moray, mull, oban, orkney, paisley, perth,
    perthshire, pitlochry, scottish borders, shetland, skye, isle of skye, st andrews, stirling`,
  'northern-ireland': `northern ireland, ulster, antrim, county antrim, armagh, county armagh, ballymena, bangor, belfast,
    coleraine, county down, county fermanagh, county londonderry, county tyrone, derry, enniskillen, fermanagh, larne, lisburn,
    londonderry, newry, newtownards, omagh, portrush, tyrone`,
  ireland: `ireland, republic of ireland, athlone, carlow, cavan, clare, connacht, connemara, cork, dingle, donegal, doolin,
    drogheda, dublin, dun laoghaire, dundalk, ennis, galway, howth, kerry, kildare, kilkenny, killarney, kinsale, laois, leinster,
    leitrim, letterkenny, limerick, lisdoonvarna, longford, louth, mayo, meath, monaghan, mullingar, munster, naas, navan, offaly,
    portlaoise, roscommon, sligo, swords, tipperary, tralee, trim, tullamore, waterford, westmeath, westport, wexford, wicklow,
    county carlow, county cavan, county clare, county cork, county donegal, county dublin, county galway, county kerry,
    county kildare, county kilkenny, county laois, county leitrim, county limerick, county longford, county louth, county mayo,
    county meath, county monaghan, county offaly, county roscommon, county sligo, county tipperary, county waterford,
    county westmeath, county wexford, county wicklow`,
  abroad: `amalfi, america, amsterdam, australia, austria, bali, barbados, barcelona, belgium, bermuda, brazil, bulgaria, canada,
    canary islands, caribbean, china, como, corfu, crete, croatia, cyprus, denmark, dubai, egypt, estonia, finland, florence, florida,
    france, germany, gibraltar, greece, guernsey, hungary, ibiza, iceland, india, isle of man, israel, italy, jamaica, japan, jersey,
    kenya, lake como, las vegas, lisbon, madrid, majorca, maldives, mallorca, malta, marbella, mauritius, mexico, morocco, mykonos,
    netherlands, new york, new zealand, nigeria, norway, pakistan, paris, poland, portugal, prague, romania, rome, santorini,
    sardinia, seychelles, sicily, singapore, slovenia, south africa, spain, sri lanka, sweden, switzerland, tenerife, thailand,
    turkey, tuscany, united states, usa, venice, vienna, zante`,
  britain: `britain`,
  uk: `uk`,
  'england-wales': `england and wales`,
};

/** Names that are ordinary words as well: a place only with a capital. */
export const DOUBTFUL_PLACES: ReadonlySet<string> = new Set(
  `barry bath bury clare como cork derby jersey hull louth mull naas poole richmond swords trim turkey chester china angus borders skye
  beds berks bucks staffs wilts`.split(/\s+/),
);

/** Short names of places, and of the church of one. */
export const SHORT_PLACES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    britain: 'great britain, gb',
    uk: 'united kingdom',
    england: 'eng, c of e, cofe',
    'northern ireland': 'ni',
    'republic of ireland': 'roi, eire',
    'united states': 'usa',
    bedfordshire: 'beds',
    berkshire: 'berks',
    buckinghamshire: 'bucks',
    cambridgeshire: 'cambs',
    gloucestershire: 'glos',
    hampshire: 'hants',
    hertfordshire: 'herts',
    lancashire: 'lancs',
    leicestershire: 'leics',
    lincolnshire: 'lincs',
    northamptonshire: 'northants',
    nottinghamshire: 'notts',
    oxfordshire: 'oxon',
    staffordshire: 'staffs',
    warwickshire: 'warks',
    wiltshire: 'wilts',
    worcestershire: 'worcs',
    yorkshire: 'yorks',
    'north yorkshire': 'north yorks',
  }).flatMap(([place, forms]) => forms.split(', ').map((form): [string, string] => [form, place])),
);

/** Each known place with the law that holds there. */
export const PLACES: ReadonlyMap<string, Jurisdiction> = new Map(
  Object.entries(BY_JURISDICTION).flatMap(([jurisdiction, names]) =>
    names
      .split(',')
      .map((name): [string, Jurisdiction] => [name.trim().replaceAll('-', ' '), jurisdiction as Jurisdiction]),
  ),
);
