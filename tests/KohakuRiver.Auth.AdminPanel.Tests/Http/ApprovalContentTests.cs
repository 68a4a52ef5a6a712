using KohakuRiver.Auth.AdminPanel.Tests.Hosting;
using KohakuRiver.Auth.Stores;

namespace KohakuRiver.Auth.AdminPanel.Tests.Http;

/// <summary>What the pages show of content that is not there.</summary>
public sealed class ApprovalContentTests
{
    [Fact]
    public async Task Queue_WithSecretDetails_ShowsNamesAndThatTheyAreSecret()
    {
        await using var host = await PanelHost.StartAsync();
        await host.Get<IApprovalService>().SubmitAsync(host.ActorOf(Role.User), new TaskSubmission
        {
            TaskId = "t-1",
            Command = "echo",
            SecretDetails = ["env TOKEN"],
        });
        using var boss = await host.LogInAsync(Role.Operator);

        Assert.Contains(
            "<dt>env TOKEN</dt><dd><span class=\"tag\">secret, not stored</span></dd>",
            await boss.ReadAsync("/approvals"),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task History_AfterRetention_SaysThatArgumentsWereRemoved()
    {
        await using var host = await PanelHost.StartAsync();
        var old = await host.SubmitAsync(Role.User, "nvidia-smi", "--query");
        (await host.Get<IApprovalService>().ApproveAsync(host.ActorOf(Role.Operator), old)).Require();
        await host.Get<KohakuStoreSet>().Approvals.RemoveContentAsync(DateTimeOffset.MaxValue, CancellationToken.None);
        var rejected = await host.SubmitAsync(Role.User, "echo");
        (await host.Get<IApprovalService>().RejectAsync(host.ActorOf(Role.Operator), rejected, null)).Require();
        using var boss = await host.LogInAsync(Role.Operator);
        using var user = await host.LogInAsync(Role.User);

        foreach (var html in new[] { await boss.ReadAsync("/approvals/history"), await user.ReadAsync("") })
        {
            Assert.DoesNotContain("--query", html, StringComparison.Ordinal);
            Assert.Equal(2, html.Split("arguments removed after retention").Length);
        }
    }
}
