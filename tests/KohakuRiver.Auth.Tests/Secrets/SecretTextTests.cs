using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace KohakuRiver.Auth.Tests;

public sealed class SecretTextTests
{
    private readonly SecretText secret = SecretGenerator.Create(SecretKind.ApiToken);

    [Fact]
    [Trait("Requirement", "R7")]
    public void Printing_InAnyWay_RevealsNothing()
    {
        string[] printed =
        [
            secret.ToString(),
            $"{secret}",
            $"{secret,60}",
            string.Concat("token ", secret),
            string.Format(System.Globalization.CultureInfo.InvariantCulture, "{0}", secret),
            new StringBuilder().Append(secret).ToString(),
            new Holder(secret, "x").ToString(),
            Convert.ToString((object)secret, System.Globalization.CultureInfo.InvariantCulture)!,
            new InvalidOperationException($"failed with {secret}").ToString(),
            new KeyValuePair<string, SecretText>("token", secret).ToString(),
        ];
        Assert.All(printed, AssertNothingOfIt);
        Assert.Equal("[secret]", secret.ToString());
    }

    [Fact]
    [Trait("Requirement", "R7")]
    public void Serializing_ToJson_RevealsNoMoreThanThePrefix()
    {
        var json = JsonSerializer.Serialize(new Holder(secret, "x"));
        Assert.DoesNotContain(secret.Reveal(), json, StringComparison.Ordinal);
        Assert.DoesNotContain(secret.Reveal()[8..], json, StringComparison.Ordinal);
        Assert.DoesNotContain(secret.Reveal()[..9], json, StringComparison.Ordinal);
    }

    [Fact]
    public void PublicProperties_OfASecret_AreItsKindAndPrefixOnly() =>
        Assert.Equal(["Kind", "Prefix"], typeof(SecretText).GetProperties().Select(p => p.Name).Order(StringComparer.Ordinal));

    [Fact]
    public void Equality_OfTwoWithTheSameText_IsNotOffered()
    {
        Assert.True(SecretText.TryParse(SecretKind.ApiToken, secret.Reveal(), out var again));
        Assert.False(secret.Equals(again));
    }

    [Fact]
    [Trait("Requirement", "S1"), Trait("Requirement", "V11.4.3")]
    public void Hash_OfASecret_IsSha256OfItsText()
    {
        Assert.Equal(SHA256.HashData(Encoding.ASCII.GetBytes(secret.Reveal())), secret.Hash().Bytes);
        Assert.Equal(secret.Hash(), secret.Hash());
        Assert.True(secret.Hash() == SecretHash.FromBytes(secret.Hash().Bytes));
        Assert.True(secret.Hash() != SecretGenerator.Create(SecretKind.ApiToken).Hash());
        Assert.Equal(secret.Hash().GetHashCode(), SecretHash.FromBytes(secret.Hash().Bytes).GetHashCode());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(33)]
    public void SecretHash_OfAnotherLength_IsRefused(int length) =>
        Assert.Throws<ArgumentException>(() => SecretHash.FromBytes(new byte[length]));

    [Fact]
    public void SecretHash_NeverFilled_CannotBeUsed() => Assert.Throws<InvalidOperationException>(() => default(SecretHash).Bytes);

    private void AssertNothingOfIt(string printed)
    {
        Assert.DoesNotContain(secret.Reveal()[4..], printed, StringComparison.Ordinal);
        Assert.DoesNotContain(secret.Reveal()[4..10], printed, StringComparison.Ordinal);
    }

    private sealed record Holder(SecretText Token, string Name);
}
