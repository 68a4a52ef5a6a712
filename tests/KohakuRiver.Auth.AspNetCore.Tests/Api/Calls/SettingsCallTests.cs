namespace KohakuRiver.Auth.AspNetCore.Tests.Api.Calls;

/// <summary>The system settings.</summary>
public sealed class SettingsCallTests
{
    [Theory]
    [InlineData(StoreKind.InMemory)]
    [InlineData(StoreKind.Sqlite)]
    public async Task Settings_ReadAndPatched_AreInForce(StoreKind store)
    {
        await using var host = await TestHost.StartApiAsync(store);
        var admin = (await host.AddAsync(Role.Admin)).Session;
        var before = (await admin.GetAsync("/api/auth/settings")).Expect(200);
        Shape.Check(
            before.Json,
            "session_lifetime_hours:d session_idle_hours:d invitation_lifetime_hours:d approval_required_roles:a registration:s "
            + "admin_secret_set:b admin_secret_previous_set:b admin_register_secret_set:b password_minimum_length:i tokens_per_user:i "
            + "sessions_per_user:i open_invitations:i");
        Assert.Equal("[\"user\"]", before["approval_required_roles"].GetRawText());
        Assert.Equal("closed", before["registration"].GetString());
        Assert.True(before["admin_secret_set"].GetBoolean());
        Assert.False(before["admin_secret_previous_set"].GetBoolean());
        Assert.DoesNotContain(TestHost.MasterSecret, before.Text, StringComparison.Ordinal);

        Assert.Equal(before.Text, (await admin.PatchAsync("/api/auth/settings", "{}")).Expect(200).Text);
        var after = (await admin.PatchAsync(
            "/api/auth/settings",
            """
            {"session_lifetime_hours":2,"invitation_lifetime_hours":10,
             "approval_required_roles":["user","operator"],"registration":"viewer"}
            """))
            .Expect(200);
        Assert.Equal(2, after["session_lifetime_hours"].GetDouble());
        Assert.Equal(8, after["session_idle_hours"].GetDouble());
        Assert.Equal("""["user","operator"]""", after["approval_required_roles"].GetRawText());
        Assert.Equal(after.Text, (await admin.GetAsync("/api/auth/settings")).Text);
        Assert.Equal(2, (await host.Anonymous.GetAsync("/api/auth/status"))["session_expire_hours"].GetDouble());

        var registered = (
            await host.Anonymous.PostAsync("/api/auth/register", new { username = "walkin", password = TestHost.Password })).Expect(200);
        Assert.Equal("viewer", registered["user"].GetProperty("role").GetString());
        Assert.Contains("expires=Sun, 01 Mar 2026 14:00:00 GMT", registered.Header("Set-Cookie"), StringComparison.Ordinal);
        (await admin.PatchAsync("/api/auth/settings", """{"approval_required_roles":[]}""")).Expect(200);
        Assert.Equal("[]", (await admin.GetAsync("/api/auth/settings"))["approval_required_roles"].GetRawText());
    }

    [Theory]
    [InlineData("session_lifetime_hours", "0")]
    [InlineData("session_lifetime_hours", "8761")]
    [InlineData("session_idle_hours", "-1")]
    [InlineData("invitation_lifetime_hours", "721")]
    [InlineData("approval_required_roles", "[\"viewer\"]")]
    public async Task Settings_OutOfRange_NameTheFieldAndChangeNothing(string field, string value)
    {
        await using var host = await TestHost.StartApiAsync();
        var before = (await host.Master.GetAsync("/api/auth/settings")).Text;
        var other = field == "registration" ? "session_idle_hours\":1" : "registration\":\"viewer\"";
        (await host.Master.PatchAsync("/api/auth/settings", $$"""{"{{other}},"{{field}}":{{value}}}""")).ExpectProblem(400, field);
        Assert.Equal(before, (await host.Master.GetAsync("/api/auth/settings")).Text);
    }

    [Fact]
    public async Task Settings_ThatAreNotEditable_AreUnknownFields()
    {
        await using var host = await TestHost.StartApiAsync();
        foreach (var field in new[] { "admin_secret_set", "password_minimum_length", "admin_secret" })
        {
            (await host.Master.PatchAsync("/api/auth/settings", $$"""{"{{field}}":true}""")).ExpectProblem(400, field);
        }
    }
}
