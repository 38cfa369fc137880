using FestivalOps.Language;
using FestivalOps.Reports;
using FestivalOps.Reports.Periods;
using FestivalOps.Reports.Pictures;
using FestivalOps.Tests.House;
using Microsoft.Extensions.Options;
using Shouldly;
using SkiaSharp;
using Xunit;

namespace FestivalOps.Tests.Reports;

/// <summary>The pictures of a report. They are kept in <c>artifacts/pictures</c>, to be looked at.</summary>
public sealed class PictureTests
{
    private const string Noto = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", Latin = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf";

    [Theory]
    [InlineData(ReportKind.Monthly, SpokenLanguage.Ja)]
    [InlineData(ReportKind.Monthly, SpokenLanguage.En)]
    [InlineData(ReportKind.Weekly, SpokenLanguage.Ja)]
    public void A_report_of_days_has_a_picture_of_each_that_is_worth_one(object kind, object language)
    {
        Needs(Noto);
        var drawn = Draw((ReportKind)kind, (SpokenLanguage)language, Noto);
        drawn.Remark.ShouldBeNull();
        drawn.Pictures.Select(p => p.Name).ShouldBe(["payments", "revenue-jpy", "availability", "response_p95", "disk_used", "statuses"]);
        foreach (var picture in drawn.Pictures)
        {
            Keep(picture, $"report-{kind}-{picture.Name}-{language}.png".ToLowerInvariant());
            using var image = SKBitmap.Decode(picture.Png);
            (image.Width, image.Height).ShouldBe((1200, 800));
            picture.Png.Length.ShouldBeLessThan(400_000);
            picture.AltText.Ja.Length.ShouldBeInRange(40, 900);
        }
    }

    [Fact]
    public void The_alternative_text_tells_what_the_picture_shows()
    {
        Needs(Noto);
        var payments = Draw(ReportKind.Monthly, SpokenLanguage.Ja, Noto).Pictures[0];
        payments.AltText.En.ShouldStartWith("Chart by day of payments processed, October 2026. Highest: ");
        payments.AltText.En.ShouldEndWith("Whole period: 12,340.");
        payments.AltText.Ja.ShouldContain("期間全体: 12,340");
    }

    [Fact]
    public void Without_a_Japanese_font_the_labels_are_English_and_the_report_says_so()
    {
        Needs(Latin);
        var drawn = Draw(ReportKind.Monthly, SpokenLanguage.Ja, Latin);
        drawn.Pictures.Count.ShouldBe(6);
        drawn.Remark.ShouldBe(PictureTexts.NoJapanese);
        Keep(drawn.Pictures[0], "report-without-japanese-font.png");
        Draw(ReportKind.Monthly, SpokenLanguage.En, Latin).Remark.ShouldBeNull("English labels are what was asked for");
    }

    [Fact]
    public void Without_any_font_there_are_no_pictures_and_the_report_says_so()
    {
        var drawn = Draw(ReportKind.Monthly, SpokenLanguage.Ja, "/nowhere/font.ttf");
        drawn.Pictures.ShouldBeEmpty();
        drawn.Remark.ShouldBe(PictureTexts.NoFont);
    }

    [Fact]
    public void A_font_of_the_settings_that_is_none_or_has_no_Japanese_gives_way_to_the_usual_ones()
    {
        Needs(Noto);
        Needs(Latin);
        var broken = Path.Combine(Path.GetTempPath(), $"fops-{Guid.NewGuid():N}.ttf");
        File.WriteAllBytes(broken, [0, 1, 0, 0, 9, 9, 9]);
        foreach (var file in new[] { broken, Latin }) new PictureFont(Options.Create(new ReportsOptions { FontFile = file })).Find()!.IsJapanese.ShouldBeTrue(file);
        File.Delete(broken);
    }

    [Fact]
    public void Letters_are_drawn_not_boxes()
    {
        Needs(Noto);
        Needs(Latin);
        // With a font that lacks them every Japanese letter is the same box, so the titles of two pictures would differ in nothing.
        using var face = SKTypeface.FromFile(Noto);
        foreach (var letter in "日次週月作成された決済売上稼働率応答時間完了失敗保留中処理返金済みキャンセル".EnumerateRunes()) face.ContainsGlyph(letter.Value).ShouldBeTrue(letter.ToString());
    }

    [Fact]
    public void A_day_has_no_picture_of_days()
    {
        Needs(Noto);
        Draw(ReportKind.Daily, SpokenLanguage.Ja, Noto).Pictures.Select(p => p.Name).ShouldBe(["statuses"]);
    }

    private static DrawnPictures Draw(ReportKind kind, SpokenLanguage language, string font) =>
        new Painter(new PictureFont(Options.Create(new ReportsOptions())) { Places = [font] }).Draw(ReportSamples.Of(kind), language);

    private static void Needs(string font) => Assert.SkipUnless(File.Exists(font), $"{font} is not installed: sudo apt-get install -y fonts-noto-cjk fonts-dejavu-core");

    private static void Keep(Picture picture, string name) =>
        File.WriteAllBytes(Path.Combine(Directory.CreateDirectory(RepositoryRoot.Path("artifacts", "pictures")).FullName, name), picture.Png);
}
