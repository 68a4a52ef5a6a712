namespace KohakuRiver.Auth.Tests.Access;

public sealed class RefusalTextTests
{
    private static readonly RefusalText TooMany = new("You have {0} tokens, the maximum allowed. Revoke one first.", 5);

    [Fact]
    public void Message_OfATextWithValues_IsTheEnglishSentence()
    {
        var refusal = new Refusal(RefusalKind.Conflict, TooMany);
        Assert.Equal("You have 5 tokens, the maximum allowed. Revoke one first.", refusal.Message);
        Assert.Same(TooMany, refusal.TextOf(refusal.Message));
    }

    [Fact]
    public void Message_ThatWasWrittenAsItIs_IsATemplateWithoutValues()
    {
        var text = new Refusal(RefusalKind.Conflict, "The queue {gpu} is full.").TextOf("The queue {gpu} is full.");
        Assert.Equal("The queue {gpu} is full.", text.Template);
        Assert.Empty(text.Arguments);
        Assert.Equal("The queue {gpu} is full.", text.ToString());
    }

    [Fact]
    public void Field_WithATextWithValues_NamesTheSentenceInItsErrors()
    {
        var refusal = Refusal.Field("Limits", new RefusalText("{0} appears twice.", "max_tasks"));
        Assert.Equal(["max_tasks appears twice."], refusal.Errors!["Limits"]);
        Assert.Equal("{0} appears twice.", refusal.TextOf("max_tasks appears twice.").Template);
        Assert.Equal(["max_tasks"], refusal.TextOf("max_tasks appears twice.").Arguments);
    }

    [Fact]
    public void Faults_OfSeveralFieldsAndRefusals_KeepHowTheyWereComposed()
    {
        var faults = new FieldFaults()
            .Add("Name", "A token name is needed.")
            .Add("Hours", new RefusalText("Must be a whole number from {0} to {1}.", 1, 24))
            .Add("Hours", (RefusalText?)null)
            .Add(Refusal.Field("Limits", new RefusalText("{0} appears twice.", "a")));
        var all = new FieldFaults().Add(faults.ToRefusal()).ToRefusal()!;

        Assert.Equal("A token name is needed. Must be a whole number from 1 to 24. a appears twice.", all.Message);
        Assert.Equal(["Name", "Hours", "Limits"], all.Errors!.Keys);
        Assert.Equal([1, 24], all.TextOf("Must be a whole number from 1 to 24.").Arguments);
        Assert.Equal(["a"], all.TextOf("a appears twice.").Arguments);
        var renamed = all with { Errors = new Dictionary<string, string[]>(StringComparer.Ordinal) { ["hours"] = all.Errors["Hours"] } };
        Assert.Equal([1, 24], renamed.TextOf("Must be a whole number from 1 to 24.").Arguments);
    }

    [Fact]
    public void Refusals_ThatSayTheSame_AreEqualHoweverTheyWereComposed()
    {
        var composed = new Refusal(RefusalKind.Conflict, TooMany);
        var written = new Refusal(RefusalKind.Conflict, TooMany.ToString());
        Assert.Equal(written, composed);
        Assert.Equal(written.GetHashCode(), composed.GetHashCode());
        Assert.NotEqual(written, composed with { Reason = "full" });
        Assert.NotEqual(written, composed with { RetryAfter = TimeSpan.FromSeconds(1) });
        Assert.NotEqual(written, composed with { Username = "ada" });
        Assert.NotEqual(written, new Refusal(RefusalKind.Busy, TooMany));
        Assert.NotEqual(Refusal.Field("A", "x"), Refusal.Field("A", "x"));
        Assert.Equal(Refusals.Renamed("ada"), Refusals.Renamed("ada"));
    }

    [Fact]
    public void Arguments_WhoseArrayChangesLater_StayWhatTheyWere()
    {
        object[] values = ["one"];
        var text = new RefusalText("{0} appears twice.", values);
        values[0] = "two";
        Assert.Equal("one appears twice.", text.ToString());
    }
}
