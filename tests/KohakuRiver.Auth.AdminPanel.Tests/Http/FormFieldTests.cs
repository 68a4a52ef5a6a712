using System.Net;
using System.Text.RegularExpressions;
using KohakuRiver.Auth.AdminPanel.Tests.Hosting;

namespace KohakuRiver.Auth.AdminPanel.Tests.Http;

/// <summary>The fields of the pages, of the records that read them, and of the refusals that speak of them are the same.</summary>
public sealed class FormFieldTests
{
    [Fact]
    public async Task Forms_OfAllPages_SendTheFieldsOfTheirRecordAndAllOfThem()
    {
        // Three wrong passwords of the filling lock the user, so that unlocking is offered too.
        await using var host = await Intranet.StartAsync(o => o.Throttling.LockoutThreshold = 2);
        using var owner = await host.LogInAsync(Role.User);
        await host.FillAsync();
        var other = await host.AddUserAsync("second.admin", Role.Admin);
        var targets = host.Endpoints.Where(e => e.Metadata.GetMetadata<FormRules>() is not null)
            .ToDictionary(
                e => e.Metadata.GetRequiredMetadata<PanelRoute>().Pattern,
                e => e.Metadata.GetRequiredMetadata<FormRules>(),
                StringComparer.Ordinal);
        var sent = targets.Keys.ToDictionary(p => p, _ => new HashSet<string>(StringComparer.Ordinal), StringComparer.Ordinal);
        var reached = new HashSet<string>(StringComparer.Ordinal);
        var faults = new List<string>();

        using var admin = await host.LogInAsync(Role.Admin);
        using var again = await host.LogInAsync(Role.Admin);
        using var op = await host.LogInAsync(Role.Operator);
        using var stranger = new PanelClient(host);
        foreach (var (_, path, role) in PanelPages.All)
        {
            Note(path, await (role == Role.Anony ? stranger : admin).ReadAsync(path));
        }

        var invitation = (await host.Get<IInvitationService>().CreateAsync(
            Actor.Host, new CreateInvitationCommand { Role = Role.User, MaxUses = 1, ExpiresHours = 24 })).Require();
        Note("/register with a code", await stranger.ReadAsync("/register?token=" + invitation.Secret.Reveal()));
        var (user, oper) = (host.Users[Role.User].Id, host.Users[Role.Operator].Id);
        foreach (var path in (string[])["/account", $"/users/{user}", $"/users/{other.Id}", $"/users/{oper}", "/groups/1?search=second"])
        {
            Note(path, await admin.ReadAsync(path));
        }

        using var elsewhere = await host.LogInAsync(Role.Viewer);
        await Intranet.SignInAsync(elsewhere, "ann");
        var told = await host.AddUserAsync("told", Role.User);
        (await host.Get<IUserService>().UpdateAsync(
            Actor.Host, new UpdateUserCommand { Id = told.Id, MustChangePassword = true })).Require();
        using var held = new PanelClient(host);
        await held.LogInAsync("told", PanelHost.Password);
        Note("/change-password", await held.ReadAsync("/change-password?return=%2Fadmin%2Ftasks"));
        Note("/account of somebody signed in elsewhere", await elsewhere.ReadAsync("/account"));
        await Intranet.LinkAsync(host, host.Users[Role.Viewer], "ann");
        Note("/account with a linked sign-in", await elsewhere.ReadAsync("/account"));
        Note("/users of a linked sign-in", await admin.ReadAsync($"/users/{host.Users[Role.Viewer].Id}"));
        Note("/tasks/000001 of its owner", await owner.ReadAsync("/tasks/000001"));
        // Of a list that goes on, all who match can be chosen.
        for (var i = 0; i < 50; i++)
        {
            await host.AddUserAsync($"crowd{i:00}", Role.Viewer);
        }

        Note("/users of many", await admin.ReadAsync("/users"));
        using (var asks = await admin.PostAsync("/users/bulk", ("change", "delete"), ("ids", $"{user}")))
        {
            Note("/users/bulk that asks first", await asks.Content.ReadAsStringAsync());
        }

        Note("/invitations/new of an operator", await op.ReadAsync("/invitations/new"));
        await using var fresh = await PanelHost.StartAsync(withUsers: false);
        using var first = new PanelClient(fresh);
        Note("/setup", await first.ReadAsync("/setup"));
        Note("/setup with a code", await first.ReadAsync("/setup?code=x"));

        var owns = await fresh.AddUserAsync("the-first", Role.Admin);
        await first.LogInAsync(owns.Username, PanelHost.Password);
        Note("the overview of the first admin", await first.ReadAsync(""));

        faults.AddRange(targets.Keys.Except(reached).Select(p => $"no page posts to {p}"));
        faults.AddRange(
            from target in targets
            from field in Names(target.Value.Shape)
            where !sent[target.Key].Contains(field)
            select $"{target.Key} reads {field}, which no page sends");
        Assert.Empty(faults);

        void Note(string page, string html)
        {
            foreach (var form in PageForm.All(html, host.Home))
            {
                var pattern = targets.Keys.SingleOrDefault(p => Matches(p, form.Action)) ?? "";
                if (!targets.TryGetValue(pattern, out var rules))
                {
                    faults.Add($"{page} posts to {form.Action}, which is no target");
                    continue;
                }

                reached.Add(pattern);
                sent[pattern].UnionWith(form.Names);
                var shape = rules.ShapeOf([.. form.Names]);
                faults.AddRange(form.Names.Except(Names(shape)).Select(n => $"{page} sends {n} to {form.Action}, which does not read it"));
            }
        }
    }

    [Fact]
    public async Task Records_OfForms_AreEachReadByATarget()
    {
        await using var host = await PanelHost.StartAsync();
        var rules = host.Endpoints.Select(e => e.Metadata.GetMetadata<FormRules>()).OfType<FormRules>().ToList();
        var read = rules.Select(r => r.Shape.Form)
            .Concat(rules.Select(r => r.ShapeOf([ReturnForm.Field]).Form))
            .Concat(rules.Select(r => r.ShapeOf([StepUpForm.Field]).Form))
            .Distinct();
        var records = typeof(PanelForm).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(PanelForm)) && !t.IsAbstract).ToList();
        Assert.Equal(records.OrderBy(t => t.Name, StringComparer.Ordinal), read.OrderBy(t => t.Name, StringComparer.Ordinal));
        Assert.All(records, record => Assert.True(record.IsSealed, record.Name));
    }

    /// <summary>Page, target, and fields that cannot be right all at once.</summary>
    public static TheoryData<string, string, string> Refused => new()
    {
        { "/register", "/register", "invitation_code=kri_wrong&username=-&display_name=Ada B&password=short" },
        { "/users/new", "/users/new", "username=-&display_name=Ada B&role=operator&group_ids=2&first_password=typed&password=short" },
        { "/invitations/new", "/invitations/new", "role=operator&group_id=2&max_usage=12x&expires_hours=34" },
        { "/groups", "/groups", "name=Lab&description=two\nlines&tier=many&limits=max_tasks 3" },
        { "/groups/1", "/groups/1", "name=Lab&description=&tier=x&limits=max_tasks = 1" },
        { "/tasks/~new", "/tasks/~new", "command=forbidden&arguments=a\nb&required_cores=3&memory_mib=5&required_gpus=0&target=node-b" },
        { "/vps/~new", "/vps/~new", "name=box&node=node-b&image=debian&cores=2&memory_mib=512&gpus=1&ssh_key=ssh-ed25519 AAAA ann" },
        { "/vps/vps-1/delete", "/vps/vps-1/delete", "name=another" },
        { "/tokens", "/tokens", "name=nightly&expiry=date&expires_on=tomorrow" },
        { "/settings", "/settings", "session_lifetime_hours=x&registration=viewer&approval_required_roles=admin" },
        { "/users/2", "/details", "display_name=&role=viewer&group_ids=2" },
        { "/users/2", "/password", "new_password=short" },
        { "/account", "/account/name", "display_name=" },
        { "/account", "/account/password", "current_password=wrong&new_password=the next password" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task Form_ThatIsRefused_ComesBackFilledButForItsSecrets(string page, string action, string fields)
    {
        await using var host = await PanelHost.StartAsync();
        await host.FillAsync();
        using var client = page == "/register" ? new PanelClient(host) : await host.LogInAsync(Role.Admin);
        var form = PageForm.Read(await client.ReadAsync(page), action, host.Home);
        foreach (var field in fields.Split('&').Select(f => f.Split('=', 2)))
        {
            form.Set(field[0], field[1]);
        }

        using var answer = await client.PostWithAsync(form.Token, form.Action, form.Fields);
        var html = await answer.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var again = PageForm.Read(html, action, host.Home);
        var shape = host.Endpoints.Single(e => e.Metadata.GetMetadata<FormRules>() is not null
            && Matches(e.Metadata.GetRequiredMetadata<PanelRoute>().Pattern, form.Action)).Metadata.GetRequiredMetadata<FormRules>().Shape;
        foreach (var field in shape.Fields)
        {
            Assert.Equal(field.IsSecret ? form.Values(field.Name).Select(_ => "") : form.Values(field.Name), again.Values(field.Name));
            Assert.Equal(form.Values(field.LoadedName), again.Values(field.LoadedName));
        }

        Assert.NotEqual(form.Token, again.Token);
    }

    [Fact]
    public async Task Reason_RefusedInOneRow_StaysInThatRow()
    {
        await using var host = await PanelHost.StartAsync();
        var (first, second) = (await host.SubmitAsync(Role.User, "echo"), await host.SubmitAsync(Role.User, "echo"));
        using var client = await host.LogInAsync(Role.Operator);
        var reason = new string('x', 1001);
        using var answer = await client.PostAsync(
            "/approvals/decide", ("decision", "reject"), ("reason", reason), ("row", second), ("ids", second));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var forms = PageForm.All(await answer.Content.ReadAsStringAsync(), host.Home).Where(f => f.Action == "/approvals/decide").ToList();
        Assert.Equal(3, forms.Count);
        Assert.All(forms, f => Assert.Equal(f.Values("row")[0] == second ? reason : "", f.Values("reason").Single()));
        Assert.Contains(forms, f => f.Values("row")[0] == first);
    }

    [Theory]
    [InlineData("/users/2/active", "active", "maybe")]
    [InlineData("/users/2/active", "active", "")]
    [InlineData("/approvals/decide", "decision", "Approve")]
    [InlineData("/approvals/decide", "decision", "0")]
    [InlineData("/users/bulk", "change", "explode")]
    [InlineData("/users/row", "act", "explode.2")]
    [InlineData("/users/row", "act", "disable.0")]
    [InlineData("/users/row", "act", "disable")]
    [InlineData("/users/row", "act", "1.2")]
    [InlineData("/users/row", "act", "")]
    [InlineData("/groups/1/members", "user_id", "-1")]
    [InlineData("/groups/1/members", "user_id", "9007199254740992")]
    [InlineData("/vps/vps-1/assign", "user_id", "x")]
    public async Task Form_WithAValueThatItsPageNeverSends_IsRefusedAsAWhole(string path, string field, string value)
    {
        await using var host = await PanelHost.StartAsync();
        await host.FillAsync();
        using var client = await host.LogInAsync(Role.Admin);
        using var answer = await client.PostAsync(path, (field, value));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(PanelRefusals.BadForm.Message, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Faults_FoundInFieldsOfOtherNames_StandNextToTheFieldThatIsMeant()
    {
        await using var host = await PanelHost.StartAsync();
        await host.FillAsync();
        using var client = await host.LogInAsync(Role.Admin);
        await SeesAsync("/tokens", "f-expires_on-error", ("name", "late"), ("expiry", "date"), ("expires_on", "2001-01-01"));
        await SeesAsync(
            "/groups/1", "f-limits-error", ("name", "Lab"), ("was_name", "Lab"), ("limits", "Bad name = 1"), ("was_limits", ""));
        await SeesAsync("/vps/~new", "f-memory_mib-error", ("name", "box"), ("memory_mib", "0"));
        await SeesAsync("/users/2/details", "f-group_ids-error", ("display_name", "x"), ("group_ids", "999"), ("was_group_ids", ""));
        await SeesAsync(
            "/invitations/new", "f-max_usage-error", ("role", "user"), ("group_id", ""), ("max_usage", "0"), ("expires_hours", "1"));

        async Task SeesAsync(string path, string id, params (string, string)[] fields)
        {
            using var answer = await client.PostAsync(path, fields);
            var html = await answer.Content.ReadAsStringAsync();
            Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
            Assert.Contains($"id=\"{id}\"", html, StringComparison.Ordinal);
            Assert.DoesNotContain("class=\"flash bad\"", html, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("DisplayName", "display_name")]
    [InlineData("display_name", "display_name")]
    [InlineData("MemoryMib", "memory_mib")]
    [InlineData("Role", "role")]
    public void WireName_OfAPropertyInEitherSpelling_IsOne(string name, string expected) => Assert.Equal(expected, WireNames.Of(name));

    [Theory]
    [InlineData("MaxUses")]
    [InlineData("max_usage")]
    [InlineData("MaxUsage")]
    public void Fault_InEitherSpelling_IsTakenByItsField(string fault)
    {
        var fields = FormShape.Of(typeof(CreateInvitationForm)).Fields.Where(f => f.Takes(fault));
        Assert.Equal(nameof(CreateInvitationForm.MaxUsage), Assert.Single(fields).Property);
    }

    [Fact]
    public void Secret_AsText_IsNothingOfItself() =>
        Assert.DoesNotContain("hidden", new StepUpForm(null, new Secret("hidden")).ToString(), StringComparison.Ordinal);

    private static IEnumerable<string> Names(FormShape shape) =>
        shape.Fields.Select(f => f.Name).Concat(shape.Fields.Where(f => f.IsKept).Select(f => f.LoadedName));

    private static bool Matches(string pattern, string path)
    {
        var parts = Regex.Replace(pattern, "\\{[^/]+\\}", "[^/]+", default, TimeSpan.FromSeconds(1));
        return Regex.IsMatch(path, $"^{parts}$", default, TimeSpan.FromSeconds(1));
    }
}
