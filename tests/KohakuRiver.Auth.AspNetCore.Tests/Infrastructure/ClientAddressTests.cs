using System.Net;
using Microsoft.AspNetCore.Http;

namespace KohakuRiver.Auth.AspNetCore.Tests.Infrastructure;

/// <summary>Whose address it is, and over what it came, with and without proxies.</summary>
public sealed class ClientAddressTests
{
    private static readonly TrustedProxies Proxies = new(["10.0.0.0/8", "192.0.2.1", "2001:db8:1::/48", "::ffff:203.0.113.0/120"]);

    [Theory]

    // Nobody trusted in between: the header is the sender's own tale.
    [InlineData("198.51.100.9", "1.2.3.4", "198.51.100.9")]
    [InlineData("2001:db8:2::9", "1.2.3.4", "2001:db8:2::9")]

    // One trusted proxy.
    [InlineData("10.1.2.3", "1.2.3.4", "1.2.3.4")]
    [InlineData("192.0.2.1", "1.2.3.4", "1.2.3.4")]
    [InlineData("::ffff:192.0.2.1", "1.2.3.4", "1.2.3.4")]
    [InlineData("2001:db8:1::5", "2001:db8:9::1", "2001:db8:9::1")]
    [InlineData("10.1.2.3", "::ffff:1.2.3.4", "1.2.3.4")]
    [InlineData("10.1.2.3", "1.2.3.4:5678", "1.2.3.4")]
    [InlineData("10.1.2.3", "[2001:db8:9::1]:5678", "2001:db8:9::1")]
    [InlineData("10.1.2.3", "", "10.1.2.3")]

    // The right-most hop that is not trusted, whatever the client wrote before it.
    [InlineData("10.1.2.3", "6.6.6.6, 1.2.3.4", "1.2.3.4")]
    [InlineData("10.1.2.3", "6.6.6.6, 1.2.3.4, 10.9.9.9", "1.2.3.4")]
    [InlineData("10.1.2.3", "10.6.6.6, 1.2.3.4, 10.9.9.9", "1.2.3.4")]
    [InlineData("10.1.2.3", "10.6.6.6, 10.9.9.9", "10.6.6.6")]

    // What cannot be read ends the way back at the last hop known.
    [InlineData("10.1.2.3", "1.2.3.4, unknown", "10.1.2.3")]
    [InlineData("10.1.2.3", "1.2.3.4, ", "10.1.2.3")]
    [InlineData("10.1.2.3", "1.2.3.4, unknown, 10.9.9.9", "10.9.9.9")]
    [InlineData("10.1.2.3", "16909060", "10.1.2.3")]
    [InlineData("10.1.2.3", "1.2", "10.1.2.3")]
    [InlineData("10.1.2.3", "<script>", "10.1.2.3")]
    [Trait("Requirement", "V4.1.3"), Trait("Requirement", "V15.3.4")]
    public void Address_IsTheRightMostUntrustedHop(string peer, string forwarded, string expected)
    {
        var (address, _) = ClientAddress.Find(IPAddress.Parse(peer), isUnix: false, forwarded, Proxies);

        Assert.Equal(expected, address!.ToString());
    }

    [Fact]
    public void Address_OverSeveralHeaderLines_IsReadAsOneList()
    {
        var (address, _) = ClientAddress.Find(
            IPAddress.Parse("10.1.2.3"), isUnix: false, new Microsoft.Extensions.Primitives.StringValues(["6.6.6.6", "1.2.3.4"]), Proxies);

        Assert.Equal("1.2.3.4", address!.ToString());
    }

    [Fact]
    public void Address_OfAMappedOrZonedPeer_IsPlain()
    {
        var none = new TrustedProxies([]);

        Assert.Equal("1.2.3.4", ClientAddress.Find(IPAddress.Parse("::ffff:1.2.3.4"), isUnix: false, "", none).Address!.ToString());
        Assert.Equal("fe80::1", ClientAddress.Find(IPAddress.Parse("fe80::1%3"), isUnix: false, "", none).Address!.ToString());
        Assert.Null(ClientAddress.Find(null, isUnix: false, "1.2.3.4", none).Address);
    }

    [Fact]
    public void Address_OfAnEndlessChain_EndsSomewhere()
    {
        var chain = string.Join(", ", Enumerable.Repeat("10.0.0.1", 5_000));

        var (address, hops) = ClientAddress.Find(IPAddress.Parse("10.1.2.3"), isUnix: false, chain, Proxies);

        Assert.Equal("10.0.0.1", address!.ToString());
        Assert.InRange(hops, 1, 16);
    }

    [Theory]
    [InlineData("198.51.100.9", "http", "https", false)]
    [InlineData("10.1.2.3", "http", "https", true)]
    [InlineData("10.1.2.3", "https", "http", false)]
    [InlineData("10.1.2.3", "https", "", true)]
    [InlineData("10.1.2.3", "http", "nonsense", false)]
    [InlineData("10.1.2.3", "http", "http, https", true)]
    [InlineData("10.1.2.3", "http", "https, http", false)]
    [Trait("Requirement", "V4.1.3")]
    public void Https_IsWhatTheTrustedProxySays(string peer, string scheme, string forwarded, bool expected)
    {
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = IPAddress.Parse(peer);
        context.Request.Scheme = scheme;
        context.Request.Headers["X-Forwarded-For"] = "1.2.3.4";
        context.Request.Headers["X-Forwarded-Proto"] = forwarded;

        Assert.Equal(expected, RequestView.Of(context, Proxies).IsHttps);
        Assert.Equal(scheme, context.Request.Scheme);
        Assert.Equal(peer, context.Connection.RemoteIpAddress!.ToString());
    }

    [Fact]
    public void TrustedProxy_ThatIsNoAddress_IsNamed() =>
        Assert.Contains("proxy.local", Assert.Throws<InvalidOperationException>(() => new TrustedProxies(["proxy.local"])).Message);

    [Fact]
    [Trait("Requirement", "V16.4.1")]
    public void UserAgent_IsOneBoundedLine()
    {
        Assert.Equal("curl/8 [31m", UserAgents.Clean("curl/8\r\n \u001b[31m\u2028\ud800"));
        Assert.Equal(256, UserAgents.Clean(new string('x', 1_000_000))!.Length);
        Assert.Null(UserAgents.Clean("\r\n"));
        Assert.Null(UserAgents.Clean((string?)null));
    }

    [Fact]
    [Trait("Requirement", "V16.4.1")]
    public void Text_FromOutside_IsOneBoundedVisibleLine()
    {
        Assert.Equal("a\\u000d\\u000ab\\u001b\\u2028\\u202e", SafeText.OneLine("a\r\nb\u001b\u2028\u202e", 64));
        Assert.Equal("äöü 日本", SafeText.OneLine("äöü 日本", 64));
        Assert.Equal(new string('x', 64) + "…", SafeText.OneLine(new string('x', 100_000), 64));
    }
}
