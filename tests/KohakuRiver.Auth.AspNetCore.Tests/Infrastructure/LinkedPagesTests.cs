using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.Options;

namespace KohakuRiver.Auth.AspNetCore.Tests.Infrastructure;

public sealed class LinkedPagesTests
{
    [Theory]
    [InlineData("/admin/login", "/admin", "/admin")]
    [InlineData("/outer/inner/login", "/inner", "/outer/inner")]
    [InlineData("outer/inner/login", "/inner", "/outer/inner")]
    public void Pages_OfAPanel_AreWhereItIsMapped(string route, string prefix, string root)
    {
        var pages = Pages(new KohakuAuthHttpOptions(), (route, prefix));
        Assert.Equal(
            (root + "/register", root + "/setup", root + "/reset", root + "/login"),
            (pages.Register, pages.Setup, pages.Reset, pages.Login));
    }

    [Fact]
    public void Pages_WhereNothingCanLeadToAPanel_AreTheUsualOnes()
    {
        foreach (var pages in new[] { Pages(new KohakuAuthHttpOptions()), Pages(new(), ("/t/{tenant}/admin/login", "/admin")) })
        {
            Assert.Equal(("/admin/setup", null), (pages.Setup, pages.Login));
        }
    }

    [Fact]
    public void Pages_TheHostNames_AreItsOwn()
    {
        var options = new KohakuAuthHttpOptions
        {
            RegisterPath = "/join", SetupPath = "/first", ResetPath = "/again", LoginPath = "/sign-in",
        };
        var pages = Pages(options, ("/admin/login", "/admin"));
        Assert.Equal(("/join", "/first", "/again", "/sign-in"), (pages.Register, pages.Setup, pages.Reset, pages.Login));
    }

    private static LinkedPages Pages(KohakuAuthHttpOptions options, params (string Route, string Prefix)[] logins) => new(
        new DefaultEndpointDataSource(logins.Select(l => new RouteEndpoint(
            _ => Task.CompletedTask,
            RoutePatternFactory.Parse(l.Route),
            0,
            new EndpointMetadataCollection(new LinkedPages.Prefix(l.Prefix)),
            l.Route))),
        Options.Create(options));
}
