namespace KohakuRiver.Auth.Tests;

/// <summary>
/// Published vectors: those of Openwall's crypt_blowfish and py-bcrypt for plain hashes, those of passlib for the keyed form.
/// </summary>
public sealed class BCryptVectorTests
{
    private const string PasslibTable = "t\u00e1\u0411\u2113\u0259";
    private const string TwelveTimes = "abc123abc123abc123abc123abc123abc123abc123abc123abc123abc123abc123abc123";

    private readonly BCryptPasswordHasher hasher = new(PasswordTestOptions.With());

    [Theory]
    [InlineData("U*U", "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW")]
    [InlineData("U*U*", "$2a$05$CCCCCCCCCCCCCCCCCCCCC.VGOzA784oUp/Z0DY336zx7pLYAy0lwK")]
    [InlineData("U*U*U", "$2a$05$XXXXXXXXXXXXXXXXXXXXXOAcXxm9kjPGEMsLznoKqmqw7tc8WCx4a")]
    [InlineData("", "$2a$05$CCCCCCCCCCCCCCCCCCCCC.7uG0VCzI2bS7j6ymqJi9CdcdxiRTWNy")]
    [InlineData(
        "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789chars after 72 are ignored",
        "$2a$05$abcdefghijklmnopqrstuu5s2v8.iXieOjg/.AySBTTZIIVFJeBui")]
    [InlineData("U*U*U*U*", "$2a$05$c92SVSfjeiCD6F2nAD6y0uBpJDjdRkt0EgeC4/31Rf2LUZbDRDE.O")]
    [InlineData("", "$2a$06$DCq7YPn5Rq63x1Lad4cll.TV4S6ytwfsfvkgY8jIucDrjc8deX1s.")]
    [InlineData("a", "$2a$10$k87L/MF28Q673VKh8/cPi.SUl7MU/rWuSiIDDFayrKk/1tBsSQu4u")]
    [InlineData("abc", "$2a$10$WvvTPHKwdBJ3uk0Z37EMR.hLA2W6N9AEBhEgrAOljy2Ae5MtaSIUi")]
    [InlineData(PasslibTable, "$2a$05$Z17AXnnlpzddNUvnC6cZNOSwMA/8oNiKnHTHTwLlBijfucQQlHjaG")]
    public void Verify_PublishedPlainVector_Matches(string password, string stored)
    {
        Assert.Equal(PasswordVerdict.RightNeedsRehash, hasher.Verify(password, stored));
        Assert.Equal(PasswordVerdict.RightNeedsRehash, hasher.Verify(password, "$2b" + stored[3..]));
        Assert.Equal(PasswordVerdict.RightNeedsRehash, hasher.Verify(password, "$2y" + stored[3..]));
        Assert.Equal(PasswordVerdict.Wrong, hasher.Verify("x" + password, stored));
    }

    [Theory]
    [InlineData("test", "$2a$04$oaQbBqq8JnSM1NHRPQGXORY4Vw3bdHKLIXTecPDRAcJ98cz1ilveO")]
    [InlineData("test", "$2a$04$yjDgE74RJkeqC0/1NheSScrvKeu9IbKDpcQf/Ox3qsrRS/Kw42qIS")]
    public void Verify_OldHashWithStrayBitsInItsSalt_Matches(string password, string stored) =>
        Assert.Equal(PasswordVerdict.RightNeedsRehash, hasher.Verify(password, stored));

    [Theory]
    [InlineData("", "$bcrypt-sha256$v=2,t=2b,r=5$E/e/2AOhqM5W/KJTFQzLce$WFPIZKtDDTriqWwlmRFfHiOTeheAZWe")]
    [InlineData("password", "$bcrypt-sha256$v=2,t=2b,r=5$5Hg1DKFqPE8C2aflZ5vVoe$wOK1VFFtS8IGTrGa7.h5fs0u84qyPbS")]
    [InlineData(PasslibTable, "$bcrypt-sha256$v=2,t=2b,r=5$.US1fQ4TQS.ZTz/uJ5Kyn.$pzzgp40k8reM1CuQb03PvE0IDPQSdV6")]
    [InlineData(TwelveTimes, "$bcrypt-sha256$v=2,t=2b,r=5$X1g1nh3g0v4h6970O68cxe$zu1cloESVFIOsUIo7fCEgkdHaI9SSue")]
    [InlineData(TwelveTimes + "qwr", "$bcrypt-sha256$v=2,t=2b,r=5$X1g1nh3g0v4h6970O68cxe$CBF9csfEdW68xv3DwE6xSULXMtqEFP.")]
    [InlineData(TwelveTimes + "xyz", "$bcrypt-sha256$v=2,t=2b,r=5$X1g1nh3g0v4h6970O68cxe$zC/1UDUG2ofEXB6Onr2vvyFzfhEOS3S")]
    [Trait("Requirement", "V11.2.1")]
    public void Verify_PublishedKeyedVector_Matches(string password, string stored)
    {
        Assert.Equal(PasswordVerdict.Right, new BCryptPasswordHasher(PasswordTestOptions.With(5)).Verify(password, stored));
        Assert.Equal(PasswordVerdict.RightNeedsRehash, hasher.Verify(password, stored));
        Assert.Equal(PasswordVerdict.Wrong, hasher.Verify(password + "x", stored));
    }
}
