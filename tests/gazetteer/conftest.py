"""A gazetteer on a small file of reviewed places, in the spellings of the five articles."""

import shutil
from pathlib import Path

import pytest

from gazetteer import Gazetteer

PLACES = """\
place_id,name,name_ar,aliases,feature_class,feature_code,country,admin1,longitude,latitude,radius_km,part_of,\
geonames_id,rank,coordinate_source,note
homs,Homs,حمص,Hims,P,PPLA,SY,SY-HI,36.7256,34.7240,,,169577,1,GeoNames,
al-waer,al-Waer,الوعر,Waer|al-Wa'er,P,PPLX,SY,SY-HI,36.6700,34.7400,1,homs,,3,GeoNames,
mahin,Mahin,مهين,Mheen|Maheen,P,PPL,SY,SY-HI,37.0584,34.2417,,,167488,3,GeoNames,
hawarin,Hawarin,حوارين,Hawareen|Huwwarin,P,PPL,SY,SY-HI,37.0756,34.2687,,,,3,OCHA,
al-qaryatayn,al-Qaryatayn,القريتين,Qaryatain|al-Qaryatain,P,PPL,SY,SY-HI,37.2407,34.2296,,,173361,2,GeoNames,
palmyra,Palmyra,تدمر,Tadmur|Tadmor,P,PPL,SY,SY-HI,38.2840,34.5624,,,163808,2,GeoNames,
talbiseh,Talbiseh,تلبيسة,Talbisseh,P,PPL,SY,SY-HI,36.7309,34.8407,,,163779,3,GeoNames,
ad-dar-al-kabirah,ad-Dar al-Kabirah,الدار الكبيرة,Dar Kabira,P,PPL,SY,SY-HI,36.6812,34.7858,,,,3,OCHA,
deir-ez-zor,Deir ez-Zor,دير الزور,Deir el-Zour,P,PPLA,SY,SY-DY,40.1408,35.3359,,,170794,1,GeoNames,
kweires-air-base,Kuweires air base,مطار كويرس,Kweiras air base|Kweiras,S,AIRB,SY,SY-HL,37.5831,36.1869,3,,,3,UCDP,
kuwayris,Kuwayris,كويرس,Kweiris,P,PPL,SY,SY-ID,36.8990,35.7420,,,,3,OCHA,
hmeimim-air-base,Hmeimim air base,قاعدة حميميم الجوية,Hemeimeem,S,AIRB,SY,SY-LA,35.9487,35.4011,3,,,2,OSLK,
mare,Mare',مارع,Mar`a|Marea,P,PPL,SY,SY-HL,37.1965,36.4827,,,,3,OCHA,
al-hawl,al-Hawl,الهول,al-Hol|El Hol,P,PPL,SY,SY-HA,41.1498,36.3904,,,173797,3,GeoNames,
al-hula,al-Hula,الحولة,Houla,L,RGN,SY,SY-HI,36.5100,34.8700,6,,,3,GeoNames,
mughayr-hama,al-Mughayr,المغير,al-Mughir,P,PPL,SY,SY-HM,36.4871,35.4101,,,,3,OCHA,
mughayr-aleppo,al-Mughayr,المغير,al-Mughir,P,PPL,SY,SY-HL,37.4000,36.0000,,,,3,OCHA,
erbil,Erbil,أربيل,Irbil,P,PPLA,IQ,IQ-AR,44.0094,36.1912,,,95446,2,GeoNames,
"""

BUNDLED = Path(__file__).parents[2] / "data"


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("data")
    (directory / "places.csv").write_text(PLACES, encoding="utf-8")
    shutil.copy(BUNDLED / "provinces.csv", directory)
    return directory


@pytest.fixture(scope="session")
def gazetteer(data: Path) -> Gazetteer:
    return Gazetteer.open(data)
