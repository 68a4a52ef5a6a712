using System.Net;
using KohakuRiver.Auth.AspNetCore;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace KohakuRiver.Auth.Testing.Tests.Embedding;

// <snippet:permission>
/// <summary>What may be done here beyond what the library knows of.</summary>
public static class LabPermissions
{
    public static Permission ViewReports { get; } = new("reports.view", Role.Operator, "View reports");

    public static Permission PublishReports { get; } = new("reports.publish", Role.Admin, "Publish reports");
}
// </snippet:permission>

/// <summary>Permissions of a host's own, as docs/permissions-of-your-own.md has them.</summary>
public sealed class OwnPermissionTests
{
    // <snippet:permission-test>
    [Theory]
    [InlineData(Role.Anony, HttpStatusCode.Unauthorized)]
    [InlineData(Role.Viewer, HttpStatusCode.Forbidden)]
    [InlineData(Role.User, HttpStatusCode.Forbidden)]
    [InlineData(Role.Operator, HttpStatusCode.OK)]
    [InlineData(Role.Admin, HttpStatusCode.OK)]
    public async Task Reports_AsEachRole_AreForOperatorsAndAbove(Role role, HttpStatusCode expected)
    {
        await using var app = await StartAsync();
        using var client = app.GetTestClient().ActAs(role);

        using var answer = await client.GetAsync("/reports");

        Assert.Equal(expected, answer.StatusCode);
    }
    // </snippet:permission-test>

    [Theory]
    [InlineData(Role.Operator, "/reports/summary", 200, "short")]
    [InlineData(Role.Admin, "/reports/summary", 200, "short, and publish it")]
    [InlineData(Role.Operator, "/reports/attribute", 403, null)]
    [InlineData(Role.Admin, "/reports/attribute", 200, "published")]
    public async Task Gates_OfEveryForm_AskThePermission(Role role, string path, int status, string? text)
    {
        await using var app = await StartAsync();
        using var client = app.GetTestClient().ActAs(role);

        using var answer = await client.GetAsync(path);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.True(text is null || await answer.Content.ReadAsStringAsync() == text);
    }

    [Fact]
    public async Task Gate_OfAForgottenPermission_FailsTheStart()
    {
        var fault = await Assert.ThrowsAsync<InvalidOperationException>(
            () => StartAsync(app => app.MapGet("/reports/forgotten", () => "never").RequirePermission("reports.forgotten")));

        Assert.Contains("'reports.forgotten' (HTTP: GET /reports/forgotten)", fault.Message, StringComparison.Ordinal);
    }

    private static async Task<WebApplication> StartAsync(Action<WebApplication>? more = null)
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseTestServer();
        var auth = builder.Services.AddKohakuAuthTesting().AddAspNetCore(o => o.SetupLinkOutput = _ => { });
        // <snippet:permission-register>
        auth.AddPermission(LabPermissions.ViewReports).AddPermission(LabPermissions.PublishReports);
        // </snippet:permission-register>
        var app = builder.Build();
        app.UseKohakuAuth();

        // <snippet:permission-gates>
        // An endpoint; a group of endpoints or of Razor pages takes it just as well.
        app.MapGet("/reports", () => "all of them").RequirePermission(LabPermissions.ViewReports);

        // A handler or controller with an attribute, which takes the name.
        app.MapGet("/reports/attribute", [RequirePermission("reports.publish")] () => "published");

        // Inside: what differs for those who may more.
        app.MapGet("/reports/summary", (Actor actor, PermissionTable permissions) =>
            permissions.Decide(actor, "reports.publish").IsAllowed
                ? "short, and publish it"
                : "short").RequirePermission(LabPermissions.ViewReports);
        // </snippet:permission-gates>

        more?.Invoke(app);
        await app.StartAsync();
        return app;
    }
}
