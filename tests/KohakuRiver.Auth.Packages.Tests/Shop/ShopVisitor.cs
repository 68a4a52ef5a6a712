using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;

namespace KohakuRiver.Auth.Packages.Tests.Shop;

/// <summary>Somebody with a browser of their own at the shop: it keeps cookies, follows no redirect and fills in forms.</summary>
internal sealed partial class ShopVisitor(Uri home) : IDisposable
{
    internal const string Password = "Seven grey herons over the 2 weirs";
    private readonly CookieContainer cookies = new();
    private HttpClient? client;

    internal string Cookies => cookies.GetCookieHeader(home);

    private HttpClient Client => client ??= new(
        new SocketsHttpHandler { CookieContainer = cookies, AllowAutoRedirect = false }) { BaseAddress = home };

    /// <summary>Opens a page as a browser does.</summary>
    /// <returns>The status, and where it leads to or else what it shows.</returns>
    internal async Task<(HttpStatusCode Status, string Shown)> OpenAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(home, path));
        request.Headers.Add("Accept", "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8");
        using var answer = await Client.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return (answer.StatusCode, answer.Headers.Location?.ToString() ?? text);
    }

    internal async Task CallAsync(string path, object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(home, path)) { Content = JsonContent.Create(body) };
        request.Headers.Add("Origin", home.GetLeftPart(UriPartial.Authority));
        using var answer = await Client.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {(int)answer.StatusCode} {text}");
    }

    /// <summary>Registers with the shop's own pages, confirms the address and signs in, all as Identity wants it.</summary>
    internal async Task SignUpAsync(string address)
    {
        var registered = await SendFormAsync(
            "Identity/Account/Register",
            new() { ["Input.Email"] = address, ["Input.Password"] = Password, ["Input.ConfirmPassword"] = Password });
        var (_, confirmation) = await OpenAsync(registered);
        var link = ConfirmLink().Match(confirmation).Groups["link"].Value;
        var (confirmed, _) = await OpenAsync(WebUtility.HtmlDecode(link));
        Assert.Equal(HttpStatusCode.OK, confirmed);
        await SignInAsync(address);
    }

    internal async Task SignInAsync(string address) => await SendFormAsync(
        "Identity/Account/Login", new() { ["Input.Email"] = address, ["Input.Password"] = Password });

    public void Dispose() => client?.Dispose();

    private async Task<string> SendFormAsync(string path, Dictionary<string, string> fields)
    {
        var (_, page) = await OpenAsync(path);
        const string token = "__RequestVerificationToken";
        fields[token] = AntiforgeryField().Match(page).Groups["value"].Value;
        using var content = new FormUrlEncodedContent(fields);
        using var answer = await Client.PostAsync(new Uri(home, path), content, TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(answer.StatusCode == HttpStatusCode.Found, $"{path}: {(int)answer.StatusCode} {text}");
        return answer.Headers.Location!.ToString();
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" type=\"hidden\" value=\"(?<value>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex AntiforgeryField();

    [GeneratedRegex("id=\"confirm-link\" href=\"(?<link>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ConfirmLink();
}
