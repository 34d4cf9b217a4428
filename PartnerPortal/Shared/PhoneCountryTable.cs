namespace PartnerPortal.Shared;

/// <summary>
/// The facts behind <see cref="PhoneCountries"/>, one line a country or territory: alpha-2 (ISO 3166-1, with XK, AC and TA, which ISO only
/// reserves), calling code (ITU-T E.164), trunk prefixes, fewest and most digits of the national number (land line, mobile and internet
/// numbers; service numbers may differ), leading digits.
/// Trunk prefixes: the one in use first, former ones after a slash; "-" none; "=" none, and a leading zero is part of the number.
/// Leading digits tell countries apart that share a calling code: nothing means "all other numbers of this code", "-" means that the
/// number alone never says this country.
/// Source: the national numbering plans as filed with the ITU (E.164), in the form that Google's libphonenumber publishes them
/// (read from the npm package libphonenumber-js 1.13.16); uninhabited territories have the plan of the country that runs them.
/// </summary>
internal static class PhoneCountryTable
{
    public const string Rows = """
        AC 247 - 5 5
        AD 376 - 6 9
        AE 971 0 8 9
        AF 93 0 9 9
        AG 1 1 10 10 268
        AI 1 1 10 10 264
        AL 355 0 8 9
        AM 374 0 8 8
        AO 244 - 9 9
        AQ 672 - 6 6 1
        AR 54 0 10 11
        AS 1 1 10 10 684
        AT 43 0 4 13
        AU 61 0 9 9
        AW 297 - 7 7
        AX 358 0 6 10 18
        AZ 994 0 9 9
        BA 387 0 8 9
        BB 1 1 10 10 246
        BD 880 0 6 10
        BE 32 0 8 9
        BF 226 - 8 8
        BG 359 0 6 9
        BH 973 - 8 8
        BI 257 - 8 8
        BJ 229 = 10 10
        BL 590 0 9 9 -
        BM 1 1 10 10 441
        BN 673 - 7 7
        BO 591 0 8 8
        BQ 599 - 7 7 3,4,7
        BR 55 0 10 11
        BS 1 1 10 10 242
        BT 975 - 7 8
        BV 47 - 8 8 -
        BW 267 - 7 8
        BY 375 80/8/0 9 9
        BZ 501 - 7 7
        CA 1 1 10 10 204,226,236,249,250,257,263,273,289,306,343,354,365,367,368,382,403,416,418,428,431,437,438,450,468,474,506,514,519,548,579,581,584,587,604,613,639,647,672,683,705,709,742,753,778,780,782,807,819,825,867,873,879,902,905,942
        CC 61 0 9 9 89162
        CD 243 0 7 10
        CF 236 - 8 8
        CG 242 = 9 9
        CH 41 0 9 9
        CI 225 = 10 10
        CK 682 - 5 5
        CL 56 - 9 9
        CM 237 - 9 9
        CN 86 0 7 11
        CO 57 0 8 10
        CR 506 - 8 8
        CU 53 0 6 10
        CV 238 - 7 7
        CW 599 - 7 8
        CX 61 0 9 9 89164
        CY 357 - 8 8
        CZ 420 - 9 9
        DE 49 0 5 13
        DJ 253 - 8 8
        DK 45 - 8 8
        DM 1 1 10 10 767
        DO 1 1 10 10 809,829,849
        DZ 213 0 8 9
        EC 593 0 8 9
        EE 372 - 7 8
        EG 20 0 8 10
        EH 212 0 9 9 5288,5289
        ER 291 0 7 7
        ES 34 - 9 9
        ET 251 0 9 9
        FI 358 0 5 10
        FJ 679 - 7 7
        FK 500 - 5 5
        FM 691 - 7 7
        FO 298 - 6 6
        FR 33 0 9 9
        GA 241 = 7 8
        GB 44 0 9 10
        GD 1 1 10 10 473
        GE 995 0 9 9
        GF 594 0 9 9
        GG 44 0 10 10 1481,7781,7839,79111,79117
        GH 233 0 9 9
        GI 350 - 8 8
        GL 299 - 6 6
        GM 220 - 7 9
        GN 224 - 8 9
        GP 590 0 9 9 -
        GQ 240 - 9 9
        GR 30 - 10 10
        GS 500 - 5 5 -
        GT 502 - 8 8
        GU 1 1 10 10 671
        GW 245 - 9 9
        GY 592 - 7 7
        HK 852 - 8 8
        HM 672 - 6 6 -
        HN 504 - 8 8
        HR 385 0 8 9
        HT 509 - 8 8
        HU 36 06 8 9
        ID 62 0 7 12
        IE 353 0 7 10
        IL 972 0 8 12
        IM 44 0 10 10 1624,7524,74576,7624,7924
        IN 91 0 10 10
        IO 246 - 7 7
        IQ 964 0 8 10
        IR 98 0 6 10
        IS 354 - 7 9
        IT 39 = 6 12
        JE 44 0 10 10 1534,7509,7700,7797,7829,7937
        JM 1 1 10 10 658,876
        JO 962 0 8 9
        JP 81 0 9 10
        KE 254 0 7 9
        KG 996 0 9 9
        KH 855 0 8 9
        KI 686 0 5 8
        KM 269 - 7 7
        KN 1 1 10 10 869
        KP 850 0 8 10
        KR 82 0 5 11
        KW 965 - 8 8
        KY 1 1 10 10 345
        KZ 7 8 10 10 6,7
        LA 856 0 8 10
        LB 961 0 7 8
        LC 1 1 10 10 758
        LI 423 0 7 9
        LK 94 0 9 9
        LR 231 0 7 9
        LS 266 - 8 8
        LT 370 0/8 8 8
        LU 352 - 4 11
        LV 371 - 8 8
        LY 218 0 9 9
        MA 212 0 9 9
        MC 377 0 8 9
        MD 373 0 8 8
        ME 382 0 8 8
        MF 590 0 9 9 -
        MG 261 0 9 9
        MH 692 1 7 7
        MK 389 0 8 8
        ML 223 - 8 8
        MM 95 0 6 10
        MN 976 0 8 10
        MO 853 - 8 8
        MP 1 1 10 10 670
        MQ 596 0 9 9
        MR 222 - 8 8
        MS 1 1 10 10 664
        MT 356 - 8 8
        MU 230 - 7 8
        MV 960 - 7 7
        MW 265 0 7 9
        MX 52 01/044/045/1 10 10
        MY 60 0 8 10
        MZ 258 - 8 9
        NA 264 0 8 9
        NC 687 - 6 6
        NE 227 - 8 8
        NF 672 - 6 6
        NG 234 0 10 10
        NI 505 - 8 8
        NL 31 0 9 11
        NO 47 - 8 8
        NP 977 0 8 10
        NR 674 - 7 7
        NU 683 - 4 7
        NZ 64 0 8 10
        OM 968 - 8 8
        PA 507 - 7 8
        PE 51 0 8 9
        PF 689 - 8 8
        PG 675 - 7 8
        PH 63 0 6 10
        PK 92 0 9 10
        PL 48 - 7 9
        PM 508 0 6 9
        PN 64 0 8 10 -
        PR 1 1 10 10 787,939
        PS 970 0 8 9
        PT 351 - 9 9
        PW 680 - 7 7
        PY 595 0 7 9
        QA 974 - 8 8
        RE 262 0 9 9
        RO 40 0 6 9
        RS 381 0 7 12
        RU 7 8 10 10
        RW 250 0 8 9
        SA 966 0 9 9
        SB 677 - 5 7
        SC 248 - 7 7
        SD 249 0 9 9
        SE 46 0 7 9
        SG 65 - 8 8
        SH 290 - 4 5
        SI 386 0 8 8
        SJ 47 - 8 8 79
        SK 421 0 6 9
        SL 232 0 8 8
        SM 378 = 8 10
        SN 221 - 9 9
        SO 252 0 6 9
        SR 597 - 6 7
        SS 211 0 9 9
        ST 239 - 7 7
        SV 503 - 8 8
        SX 1 1 10 10 721
        SY 963 0 8 9
        SZ 268 - 8 8
        TA 290 - 4 4 8
        TC 1 1 10 10 649
        TD 235 - 8 8
        TF 262 0 9 9 -
        TG 228 - 8 8
        TH 66 0 8 9
        TJ 992 - 9 9
        TK 690 - 4 7
        TL 670 - 7 8
        TM 993 8 8 8
        TN 216 - 8 8
        TO 676 - 5 7
        TR 90 0 10 10
        TT 1 1 10 10 868
        TV 688 - 5 7
        TW 886 0 8 11
        TZ 255 0 9 9
        UA 380 0 9 9
        UG 256 0 9 9
        UM 1 1 10 10 -
        US 1 1 10 10
        UY 598 0 8 8
        UZ 998 8 9 9
        VA 39 = 6 11 06698
        VC 1 1 10 10 784
        VE 58 0 10 10
        VG 1 1 10 10 284
        VI 1 1 10 10 340
        VN 84 0 9 10
        VU 678 - 5 7
        WF 681 - 6 6
        WS 685 - 5 10
        XK 383 0 8 12
        YE 967 0 7 9
        YT 262 0 9 9 269,639
        ZA 27 0 5 9
        ZM 260 0 9 9
        ZW 263 0 9 10
        """;

    /// <summary>Calling codes of no country (ITU-T E.164 annex A: freephone, shared cost, satellites, networks): code, fewest, most digits.</summary>
    public const string Services = "800 8 8;808 8 8;870 9 12;878 12 12;881 9 10;882 7 12;883 8 12;888 11 11;979 9 9";

    /// <summary>
    /// Area codes of calling code 1 that serve the whole North American plan and so name no country: freephone, premium, personal and
    /// machine numbers (North American Numbering Plan Administrator, "easily recognizable" and N00 codes).
    /// </summary>
    public const string NorthAmericaShared = "500,521,522,523,524,525,526,527,528,529,532,533,535,538,542,543,544,545,546,547,549,550,552,553,554,556,558,566,569,577,578,588,589,700,710,800,833,844,855,866,877,888,900";

    /// <summary>What is dialled before a foreign number where that is not (only) 00: alpha-2 and prefixes (ITU-T E.164, operational bulletin no. 994).</summary>
    public const string DialOut = """
        AU 0011
        BY 810
        CC 0011
        CX 0011
        GY 001
        HK 001
        ID 001,007,008,009
        JP 010
        KH 001,007
        KR 001,002
        KZ 810
        RU 810
        SG 001,002
        TH 001
        TM 810
        TW 002
        """;
}
