using KohakuRiver.Auth.AdminPanel.Vps;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace KohakuRiver.Auth.AdminPanel;

/// <summary>Creating and deleting VPS instances, where the host lets the panel do it. Elsewhere these addresses are not there.</summary>
internal static class VpsLifecycleEndpoints
{
    private const string Delete = "/vps/{vpsId}/delete";
    private const long Mebibyte = 1024 * 1024;

    internal static void Map(RouteGroupBuilder panel)
    {
        panel.Page(VpsEndpoints.New, ShowNewAsync).RequirePermission(Permissions.ManageVps);
        panel.Post<NewVpsForm>(VpsEndpoints.New, CreateAsync, again: ShowNewAsync, onlyOnce: true)
            .RequirePermission(Permissions.ManageVps);
        panel.Page(Delete, AskDeleteAsync).RequirePermission(Permissions.ManageVps);
        panel.Post<DeleteVpsForm>(Delete, DeleteAsync, again: AskDeleteAsync).RequirePermission(Permissions.ManageVps);
    }

    private static async Task<IResult> ShowNewAsync(PanelContext panel, IVpsLifecycleService lifecycle)
    {
        var offer = await lifecycle.GetOfferAsync(panel.Actor, panel.Ct);
        if (offer.IsSuccess)
        {
            return PanelAnswers.Page<NewVpsPage>(new NewVpsModel(offer.Value, await NodeEndpoints.FindAsync(panel)));
        }

        // Of a host that has gone away in the meantime what was typed is still shown, in the fields that held something.
        return offer.Refusal.Kind == RefusalKind.Busy && panel.Form is NewVpsForm form
            ? PanelAnswers.Page<NewVpsPage>(new NewVpsModel(new VpsOffer { Fields = FilledOf(form) }, []))
            : PanelAnswers.Refused(offer.Refusal);
    }

    private static async Task<IResult> CreateAsync(
        PanelContext panel, NewVpsForm form, IVpsLifecycleService lifecycle, IVpsAccessService access)
    {
        var refusal = form.Faults.ToRefusal();
        if (refusal is null)
        {
            var request = new VpsRequest
            {
                Name = form.Name,
                Node = form.Node.Filled(),
                Image = form.Image.Filled(),
                Cores = form.Cores,
                MemoryBytes = form.MemoryMib * Mebibyte,
                Gpus = form.Gpus,
                SshKey = form.SshKey.Filled(),
            };
            var made = await lifecycle.CreateAsync(panel.Actor, request, panel.Ct);
            if (made.IsSuccess)
            {
                // A directory may need a moment to have it.
                var there = await access.ListAsync(panel.Actor, made.Value.VpsId, panel.Ct);
                return PanelAnswers.Done(panel, there.IsSuccess ? VpsEndpoints.Path(made.Value.VpsId) : "/vps", "vps-created");
            }

            refusal = made.Refusal;
        }

        return await PanelAnswers.AgainAsync(panel, refusal, () => ShowNewAsync(panel, lifecycle));
    }

    private static async Task<IResult> AskDeleteAsync(PanelContext panel, string vpsId, IVpsAccessService access)
    {
        if (!panel.MakesVps)
        {
            return PanelAnswers.Refused(Refusals.Hidden);
        }

        var given = await access.ListAsync(panel.Actor, vpsId, panel.Ct);
        return given.IsSuccess
            ? PanelAnswers.Page<DeleteVpsPage>(
                new DeleteVpsModel((await VpsNames.FindAsync(panel, [vpsId]))[0], given.Value.IsKnown, given.Value.Assignments))
            : PanelAnswers.Refused(given.Refusal);
    }

    private static async Task<IResult> DeleteAsync(
        PanelContext panel, string vpsId, DeleteVpsForm form, IVpsLifecycleService lifecycle, IVpsAccessService access)
    {
        if (!panel.MakesVps || FieldRules.HostId(vpsId) is not null)
        {
            return PanelAnswers.Refused(Refusals.Hidden);
        }

        var vps = (await VpsNames.FindAsync(panel, [vpsId]))[0];
        var typed = form.Name.Filled();
        var refusal = typed == vps.Name.Trim() || typed == vpsId
            ? null
            : Refusal.Field(nameof(form.Name), panel.Texts["This is not its name. Nothing was deleted."]);
        if (refusal is null)
        {
            var deleted = await lifecycle.DeleteAsync(panel.Actor, vpsId, panel.Ct);
            if (deleted.IsSuccess || deleted.Refusal.Kind == RefusalKind.Hidden)
            {
                return PanelAnswers.Done(panel, "/vps", deleted.IsSuccess ? "vps-deleted" : "gone");
            }

            refusal = deleted.Refusal;
        }

        return await PanelAnswers.AgainAsync(panel, refusal, () => AskDeleteAsync(panel, vpsId, access));
    }

    private static VpsFields FilledOf(NewVpsForm form) =>
        (form.Node.Filled() is null ? VpsFields.None : VpsFields.Node)
        | (form.Image.Filled() is null ? VpsFields.None : VpsFields.Image)
        | (form.Cores is null ? VpsFields.None : VpsFields.Cores)
        | (form.MemoryMib is null ? VpsFields.None : VpsFields.Memory)
        | (form.Gpus is null ? VpsFields.None : VpsFields.Gpus)
        | (form.SshKey.Filled() is null ? VpsFields.None : VpsFields.SshKey);
}
