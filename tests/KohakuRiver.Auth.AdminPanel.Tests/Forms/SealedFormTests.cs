using System.Buffers.Text;
using System.Text;
using KohakuRiver.Auth.AdminPanel.Tests.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace KohakuRiver.Auth.AdminPanel.Tests.Forms;

/// <summary>What a browser carries of a form: unreadable, unchangeable, and of no use anywhere else.</summary>
public sealed class SealedFormTests : IAsyncLifetime
{
    private const string Typed = "Typed for half an hour";
    private const int NonceLength = 12;

    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly SealedForm Form = new(7, "/groups", new FormToken("once", Now.AddMinutes(-9), 7), SentForm.Of(
        new Dictionary<string, StringValues>(StringComparer.Ordinal)
        {
            ["description"] = Typed,
            ["member"] = new(["3", "", "ünïcode"]),
            ["empty"] = StringValues.Empty,
        }));

    private PanelHost host = null!;

    public async ValueTask InitializeAsync() => host = await PanelHost.StartAsync();

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Theory]
    [InlineData(nameof(SealPurpose.Return))]
    [InlineData(nameof(SealPurpose.Confirmation))]
    public void Form_OpenedInItsBrowser_IsWhatItWas(string purpose)
    {
        var browser = Browser();
        var opened = SealedForm.Open(browser, Enum.Parse<SealPurpose>(purpose), Seal(browser, purpose), Now)!;
        Assert.Equal((Form.User, Form.Action, Form.Token), (opened.User, opened.Action, opened.Token));
        Assert.Equal(
            Form.Values.Values.Select(v => $"{v.Key}={string.Join('|', v.Value.ToArray())}"),
            opened.Values.Values.Select(v => $"{v.Key}={string.Join('|', v.Value.ToArray())}"));
    }

    [Fact]
    [Trait("Requirement", "V11.3.2")]
    public void Form_Sealed_ShowsNothingOfItself()
    {
        var bytes = Base64Url.DecodeFromChars(Seal(Browser()));
        Assert.Equal(-1, bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(Typed)));
        Assert.Equal(-1, bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(Form.Action)));
    }

    [Fact]
    [Trait("Requirement", "V11.3.3")]
    public void Form_ChangedInAnyOfItsBytesOrCutOff_IsNotOpened()
    {
        var browser = Browser();
        var bytes = Base64Url.DecodeFromChars(Seal(browser));
        Assert.NotNull(Open(browser, bytes));
        for (var i = 0; i < bytes.Length; i++)
        {
            byte[] changed = [.. bytes];
            changed[i] ^= 1;
            Assert.Null(Open(browser, changed));
            Assert.Null(Open(browser, bytes[..i]));
        }

        Assert.Null(Open(browser, [.. bytes, 0]));
    }

    [Fact]
    [Trait("Requirement", "V11.3.4")]
    public void Form_SealedManyTimes_HasAFreshNonceEachTime()
    {
        var browser = Browser();
        var nonces = Enumerable.Range(0, 1000).Select(_ => Convert.ToHexString(Base64Url.DecodeFromChars(Seal(browser))[..NonceLength]));
        Assert.Equal(1000, nonces.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    [Trait("Requirement", "V11.3.3")]
    public void Form_OfAnotherBrowserOrPurpose_IsNotOpened()
    {
        var browser = Browser();
        var other = Browser();
        Assert.NotNull(SealedForm.Open(other, SealPurpose.Return, Seal(other), Now));
        Assert.Null(SealedForm.Open(other, SealPurpose.Return, Seal(browser), Now));
        Assert.Null(SealedForm.Open(Browser(), SealPurpose.Return, Seal(browser), Now));
        Assert.Null(SealedForm.Open(browser, SealPurpose.Confirmation, Seal(browser), Now));
        Assert.Null(SealedForm.Open(browser, SealPurpose.Return, Seal(browser, nameof(SealPurpose.Confirmation)), Now));
    }

    [Theory]
    [InlineData(nameof(SealPurpose.Return), 24 * 60)]
    [InlineData(nameof(SealPurpose.Confirmation), 15)]
    public void Form_AfterItsTimeOrFromTheFuture_IsNotOpened(string purpose, int minutes)
    {
        var browser = Browser();
        var text = Seal(browser, purpose);
        var kind = Enum.Parse<SealPurpose>(purpose);
        Assert.NotNull(SealedForm.Open(browser, kind, text, Now.AddMinutes(minutes).AddSeconds(-1)));
        Assert.Null(SealedForm.Open(browser, kind, text, Now.AddMinutes(minutes)));
        Assert.NotNull(SealedForm.Open(browser, kind, text, Now.AddMinutes(-4)));
        Assert.Null(SealedForm.Open(browser, kind, text, Now.AddMinutes(-5)));
    }

    private static string Seal(HttpContext browser, string purpose = nameof(SealPurpose.Return)) =>
        Form.Seal(browser, Enum.Parse<SealPurpose>(purpose), Now)!;

    private static SealedForm? Open(HttpContext browser, byte[] bytes) =>
        SealedForm.Open(browser, SealPurpose.Return, Base64Url.EncodeToString(bytes), Now);

    // A browser that has no key yet gets one, as with the answer to its request.
    private DefaultHttpContext Browser() => new() { RequestServices = host.Services };
}
