namespace KohakuRiver.Auth.Tests;

/// <summary>
/// Hashes that the library wrote while it computed bcrypt by code of its own: they are in people's databases, so they verify for ever, and
/// are renewed as every hash of another cost or form is.
/// </summary>
public sealed class EarlierHashTests
{
    private readonly BCryptPasswordHasher hasher = new(PasswordTestOptions.With(cost: 5));

    [Theory]
    [InlineData("correct horse battery staple", "$bcrypt-sha256$v=2,t=2b,r=4$Fp.r7Gq.Xoj1fpSYvv/q5u$nF6u/NvsHwvNY.XIFXhRVdjnPtTk2fK")]
    [InlineData("correct horse battery staple", "$bcrypt-sha256$v=2,t=2b,r=5$PnKn/KsLH1K5sDLy0lhF8u$elV9.3BjQmr2TuZl5o/KthSwfzZV/oe")]
    [InlineData("correct horse battery staple", "$bcrypt-sha256$v=2,t=2b,r=12$LGc4ZiGG/tBRQJz/yU9kju$T2pkx10m3QnpVTvWJtVhSbug1.kAsxq")]
    [InlineData(
        "p\u00e4ssw\u00f6rd \u2013 \u03a9 \u6771\u4eac",
        "$bcrypt-sha256$v=2,t=2b,r=4$02.7dI0Fooh2GDbzxSGw0e$0j8Wkr5lq1rY3fxKoaC7zCyRe9vdPNq")]
    [InlineData(
        "p\u00e4ssw\u00f6rd \u2013 \u03a9 \u6771\u4eac",
        "$bcrypt-sha256$v=2,t=2b,r=5$HKQaMv84iUU10U3l2VMbxu$VzSKnRYrQubl8ls5ewcyBK/4P2oPpAm")]
    [InlineData(
        "p\u00e4ssw\u00f6rd \u2013 \u03a9 \u6771\u4eac",
        "$bcrypt-sha256$v=2,t=2b,r=12$Y4B2c./RoPl66znttV2/n.$Z0QYHCBIE1ZjmUyAmkRDw4FAjI6gOe6")]
    [InlineData("e\u0301te\u0301 chaud", "$bcrypt-sha256$v=2,t=2b,r=4$/jFDYpDbZyPa9aLcBP14/u$n2f6r9ww9056RQZxeFjgkrp62lQgrOC")]
    [InlineData("e\u0301te\u0301 chaud", "$bcrypt-sha256$v=2,t=2b,r=5$pLSO8qK8m4iF7HenttMRDO$VKkAyJHEcX5bpaoEhod3FJfAbpecPqe")]
    [InlineData(
        "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
        "$bcrypt-sha256$v=2,t=2b,r=4$ERkIHLNkIkVNb0ALdKeVa.$LnMcJ9tCZsnSMjY/KlIQmqvzbp7/JWy")]
    [InlineData(
        "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
        "$bcrypt-sha256$v=2,t=2b,r=5$10ttZyv4/4nvWlwcRrJtP.$Hz4llUHo7B2tD08KscZBqIX6k/fCuci")]
    [InlineData(
        "yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy",
        "$bcrypt-sha256$v=2,t=2b,r=4$R0Zb1tevbCwYW5kvtRun2e$CjBYYP/leFnkXv7XUNkAXb2r0qow5uG")]
    [InlineData(
        "yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy",
        "$bcrypt-sha256$v=2,t=2b,r=5$el8t5lqAL5loHaA.kgPyTu$r.Kaqs0hrDP5DKCpaYq97QvuLqSyRrq")]
    [InlineData(
        "zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzztail",
        "$bcrypt-sha256$v=2,t=2b,r=4$Yc8U5n9wle4KNQzUbDYxVO$YtSAsscFyic.jJ1jcp6HSB4YFtdS7F2")]
    [InlineData(
        "zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzztail",
        "$bcrypt-sha256$v=2,t=2b,r=5$OLIqnxM84L77tjBVBA8PR.$FQUwKbuPHkvo1yb4w.W5OEYjrnGZ.22")]
    [InlineData(
        "\U0001f41f\U0001f420\U0001f421 fish fish",
        "$bcrypt-sha256$v=2,t=2b,r=4$mlPrp0tL1pdalYR8b3YVLO$gksSZ415lp0U8J1BB/kDPKxLEAiNR32")]
    [InlineData(
        "\U0001f41f\U0001f420\U0001f421 fish fish",
        "$bcrypt-sha256$v=2,t=2b,r=5$4k8Jr1XFpJ5hKJvr0iDMi.$BFRgOr3RQmMVbg.5ZKoXeiNlibMyDoC")]
    [InlineData(" leading and trailing ", "$bcrypt-sha256$v=2,t=2b,r=4$M56UWReOjtZChobMw0oaa.$toryd6yU2eQevc/U3MAbqeFu/XnmHmu")]
    [InlineData(" leading and trailing ", "$bcrypt-sha256$v=2,t=2b,r=5$Kk2zC2Um0LzhPV.qSS89pe$hlbAMqJWHVeQ/sNCnMGfFTVrpnZMPWW")]
    [InlineData("stray bits in the salt", "$bcrypt-sha256$v=2,t=2b,r=4$abcdefghijklmnopqrstuv$e4FSoN5sHmTWBs1v7q7vX2wOPG8f5Zy")]
    public void Verify_KeyedHashOfTheEarlierCode_Matches(string password, string stored)
    {
        var renewed = !stored.Contains(",r=5$", StringComparison.Ordinal);
        Assert.Equal(renewed ? PasswordVerdict.RightNeedsRehash : PasswordVerdict.Right, hasher.Verify(password, stored));
        Assert.Equal(PasswordVerdict.Wrong, hasher.Verify(password + "x", stored));
    }

    [Theory]
    [InlineData("correct horse battery staple", "$2b$04$wSEPzpOKh0nNmMsOTLrceeFCa6BkW88dloYdJk9Xpm2Ihy/lPOGmW")]
    [InlineData("correct horse battery staple", "$2y$05$6yfEth.hxfY/TaM1Czie/uPXTuFC/F0YopCoq9RZYWmNp3oWOE9aW")]
    [InlineData("correct horse battery staple", "$2a$12$agpGk3UxWkfR.Kpmr9n4WOqKxBWjEH9t2LFfyCIkem/PldNpw0DzC")]
    [InlineData("p\u00e4ssw\u00f6rd \u2013 \u03a9 \u6771\u4eac", "$2b$04$Y6ToUf9eTdR6/M2pipVFKOgNtbYT9/ktIBEiEb.fSEXzmCAqomhVe")]
    [InlineData("p\u00e4ssw\u00f6rd \u2013 \u03a9 \u6771\u4eac", "$2y$05$PGkdsSOWGTlAD7maaL7GA.OuP2tcE1kV5Du8Z7E8MjhtptEiMOMxS")]
    [InlineData("p\u00e4ssw\u00f6rd \u2013 \u03a9 \u6771\u4eac", "$2a$12$L4VuC5a6.AH/E.XhECsbKOPPUlsPXuBFj7wCSOV4qfdi8YaJIt9Z2")]
    [InlineData("e\u0301te\u0301 chaud", "$2b$04$c9mqDWYV6Hs3v0k6uayeIOsGRDl0VAntj8MRHCLQsHkWBCWoEI7Q6")]
    [InlineData("e\u0301te\u0301 chaud", "$2y$05$n48PNyxTNy3zQ69rqS9tquPiuuFuvL7X9yqJgj9jE/gy8FHGVVJkq")]
    [InlineData(
        "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
        "$2a$04$jMvnLboncMrd/x27z2gLIOq91JiMgyX367syhREe6fsHnzQurlJiG")]
    [InlineData(
        "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
        "$2b$05$mxWBgb7FSTsCEU760/PcmOk2yD2lXzFUTw9U9LKiGFwuhwIW7SW3G")]
    [InlineData(
        "yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy",
        "$2y$04$JTCJrZn37bTw6vx7yi5YeO6O25FGTZQeVSz1oNb2mqFlaCJwfIH7i")]
    [InlineData(
        "yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy",
        "$2a$05$IcmE3ucDjPz6GzTIWpAEluF1vxvRI2L35RlHgyqK3rjZ1mLCI/qZS")]
    [InlineData(
        "zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzztail",
        "$2b$04$ZjQivdbq/ZZsbjjNw1qOsO/1VlU0vTnKLqrzG8Vf.4561NFx7jjCi")]
    [InlineData(
        "zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzztail",
        "$2y$05$Vcjh6/Ii2/axUXB78.lvNe2w0nlQ1GwIFPlAIoVi9N2wEGv/Mllfi")]
    [InlineData("\U0001f41f\U0001f420\U0001f421 fish fish", "$2a$04$8h0YXN7xeeRd40XMqMoux.EST6pi72A4rYPh.YCQ3nk3i2RCe1LoO")]
    [InlineData("\U0001f41f\U0001f420\U0001f421 fish fish", "$2b$05$lmHBHq9gCg371OyRhKCLFuk2/A1YAjkbcYbEOLDnSyBnbCVI56IIy")]
    [InlineData(" leading and trailing ", "$2y$04$mxO9Lrlug15FfZ4Ge9Bz0egFk3WBeLg4XsGFxYv0njqf6e3u91yQm")]
    [InlineData(" leading and trailing ", "$2a$05$rip62EJtu8puF.Hn4gD8eu.2EEbVGouaW5DXScKJNWMCzlJrTZWwS")]
    [InlineData("stray bits in the salt", "$2a$04$abcdefghijklmnopqrstuv1.eIjy4g8nLVXYbwL2kCAwVMYlpzpQ6")]
    public void Verify_PlainHashOfTheEarlierCode_Matches(string password, string stored)
    {
        Assert.Equal(PasswordVerdict.RightNeedsRehash, hasher.Verify(password, stored));
        Assert.Equal(PasswordVerdict.Wrong, hasher.Verify("x" + password, stored));
    }
}
