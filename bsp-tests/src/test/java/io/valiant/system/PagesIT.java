package io.valiant.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import io.valiant.chaos.cluster.ProgramJar;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The pages as a person sees them: in a browser, of a real cluster. What was seen is kept in target/screenshots. */
@Timeout(300)
class PagesIT {
    private static final double PATIENCE_MS = 60_000;
    private static final int WIDE = 1280;
    private static final int NARROW = 400;
    private static final int HIGH = 1000;
    private static final int SERVER_ERROR = 500;
    private static final String TOO_WIDE = "Array.from(document.querySelectorAll('body *'))"
            + ".filter(e => e.getBoundingClientRect().right > window.innerWidth + 1).map(e => e.outerHTML.slice(0, 120))";

    @TempDir
    private static Path folder;

    private static Chromium chromium;
    private static Commands commands;
    private static String master;

    private final List<String> complaints = new ArrayList<>();
    private BrowserContext context;
    private Page page;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        chromium = Chromium.start();
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MS);
        commands = new Commands(folder.resolve("c"));
        commands.startCluster();
        master = "http://"
                + commands.cluster("status", "--json")
                        .json()
                        .get("masters")
                        .get(0)
                        .get("http")
                        .asText();
    }

    @AfterAll
    static void stop() throws IOException, InterruptedException {
        if (chromium != null) {
            chromium.close();
        }
        if (commands != null) {
            assertThat(commands.cluster("stop").code()).isZero();
        }
    }

    @BeforeEach
    void open() {
        open(WIDE, ColorScheme.LIGHT);
    }

    private void open(int width, ColorScheme scheme) {
        if (context != null) {
            context.close();
        }
        context = chromium.browser()
                .newContext(new Browser.NewContextOptions()
                        .setViewportSize(width, HIGH)
                        .setColorScheme(scheme));
        page = context.newPage();
        page.setDefaultTimeout(PATIENCE_MS);
        page.onConsoleMessage(message -> {
            boolean refused = message.text().startsWith("Failed to load resource")
                    || message.text().startsWith("Response Status Error Code");
            if (!refused && (message.type().equals("error") || message.type().equals("warning"))) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
        page.onRequest(request -> {
            if (!request.url().startsWith(master)) {
                complaints.add("asked for " + request.url());
            }
        });
        page.onResponse(response -> {
            if (response.status() >= SERVER_ERROR) {
                complaints.add(response.status() + " from " + response.url());
            }
        });
        page.onDialog(dialog -> dialog.accept());
    }

    @AfterEach
    void close() {
        context.close();
        assertThat(complaints)
                .as("what the browser complained about, and what was loaded from elsewhere")
                .isEmpty();
    }

    @Test
    void aRunningJobIsWatchedKilledInPartAndKilledByItsButton() throws IOException, InterruptedException {
        String job = submit(
                "example",
                "ledger",
                "--tasks",
                "3",
                "--supersteps",
                "100000",
                "--step-ms",
                "10",
                "--checkpoint",
                "50",
                "--output",
                folder.resolve("ledger").toString());
        page.navigate(master + "/jobs/" + job);
        assertThat(fact("State")).hasText("RUNNING");
        assertThat(page.locator("#timeline canvas")).hasCount(3);
        Locator superstep = fact("Superstep");
        String before = superstep.textContent();
        assertThat(superstep).not().hasText(before);
        page.locator("#timeline summary").click();
        assertThat(page.locator("#timeline details tbody tr").first()).containsText("ms");

        long pid = firstPid(job);
        assertThat(ProcessHandle.of(pid).orElseThrow().destroyForcibly()).isTrue();
        assertThat(fact("Roll-backs")).hasText("1");
        assertThat(page.locator("#parts")).containsText("SIGNAL");
        assertThat(fact("Generation")).hasText("2");
        assertThat(fact("State")).hasText("RUNNING");
        keep("job");

        page.locator("#cancel").focus();
        page.keyboard().press("Enter");
        assertThat(fact("State")).hasText("KILLED");
        assertThat(page.locator("#cancel")).hasCount(0);
        // the books of an ended job can be closed by hand
        page.locator("#delete").click();
        page.waitForURL(master + "/jobs");
        assertThat(page.locator("#main")).not().containsText(job);
    }

    @Test
    void aLogFollowsWhatATaskWritesAsText() throws IOException, InterruptedException {
        String job = submit(
                "job",
                "submit",
                "--jar",
                ProgramJar.of(Talker.class, folder).toString(),
                "--class",
                Talker.class.getName(),
                "--tasks",
                "2",
                "-D",
                "bsp.log.attempt.max.bytes=64m");
        page.navigate(master + "/jobs/" + job);
        page.locator("a", new Page.LocatorOptions().setHasText(Pattern.compile("_t1_a1$")))
                .click();
        Locator log = page.locator("#log pre");
        assertThat(log).containsText("<b>peer</b> 1 is in superstep ");
        String place = page.locator("#log .place").textContent();
        assertThat(page.locator("#log .place")).not().hasText(place);
        // the region with the button has been read again by now, more than once
        page.locator("#stacks").click();
        assertThat(page.locator("#threads")).containsText(Talker.class.getName());
        page.locator("[value=stderr]").check();
        assertThat(log).hasText(Pattern.compile("^\\s*<b>peer</b> 1 complains\\s*$"));
        keep("attempt");
        assertThat(commands.bsp("job", "cancel", job).code()).isZero();
    }

    @Test
    void aGroomIsDrainedAndComesBack() {
        page.navigate(master + "/grooms");
        page.locator("#a-groom-2").click();
        assertThat(fact("State")).hasText("ACTIVE");
        assertThat(page.locator("#main")).containsText("task-report server");
        page.locator("#drain").click();
        assertThat(fact("State")).hasText("DRAINING");
        keep("groom");
        page.locator("#undrain").click();
        assertThat(fact("State")).hasText("ACTIVE");
        assertThat(page.locator("#notice")).isEmpty();
    }

    @Test
    void whatTheMasterRefusesIsShown() throws IOException, InterruptedException {
        String job = submit("example", "pi", "--tasks", "1", "--darts", "10");
        assertThat(commands.bsp("job", "wait", job).code()).isZero();
        page.navigate(master + "/jobs/" + job);
        assertThat(commands.bsp("job", "delete", job).code()).isZero();
        page.locator("#delete").click();
        assertThat(page.locator("#notice")).containsText("no job " + job);
    }

    @Test
    void everyPageFitsNarrowAndWideLightAndDark() throws IOException, InterruptedException {
        String job = submit("example", "pi", "--tasks", "2", "--darts", "10");
        assertThat(commands.bsp("job", "wait", job).code()).isZero();
        List<String> paths = List.of(
                "/",
                "/jobs",
                "/jobs?state=SUCCEEDED",
                "/jobs/" + job,
                "/jobs/" + job + "/tasks/" + job + "_t0_a1",
                "/grooms",
                "/grooms/groom-1",
                "/config");
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            for (int width : new int[] {WIDE, NARROW}) {
                open(width, scheme);
                for (String path : paths) {
                    page.navigate(master + path);
                    assertThat(page.locator("h1")).not().isEmpty();
                    assertThat(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
                            .as(path + " in " + width)
                            .isEqualTo(true);
                    assertThat((List<?>) page.evaluate(TOO_WIDE))
                            .as(path + " in " + width)
                            .isEmpty();
                    String kept = path.replaceAll("[^a-z]+", "-") + "-" + width + "-" + scheme;
                    keep("all/" + kept.toLowerCase(java.util.Locale.ROOT));
                }
            }
        }
        assertThat(page.evaluate("getComputedStyle(document.body).backgroundColor"))
                .isEqualTo("rgb(18, 23, 29)");
    }

    @Test
    void theKeyboardReachesTheContentFirst() {
        page.navigate(master + "/");
        page.keyboard().press("Tab");
        assertThat(page.locator(".skip")).isFocused();
        page.keyboard().press("Enter");
        assertThat(page).hasURL(master + "/#main");
    }

    private Locator fact(String name) {
        return page.locator(
                        ".facts div",
                        new Page.LocatorOptions()
                                .setHas(page.locator(
                                        "dt", new Page.LocatorOptions().setHasText(Pattern.compile("^" + name + "$")))))
                .locator("dd");
    }

    private void keep(String name) {
        page.screenshot(new ScreenshotOptions()
                .setPath(Path.of("target", "screenshots", name + ".png"))
                .setFullPage(true));
    }

    private static String submit(String... words) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of(words));
        all.add("--detach");
        Commands.Said said = commands.bsp(all.toArray(String[]::new));
        assertThat(said.code()).as(said.err()).isZero();
        return said.out().lines().findFirst().orElseThrow();
    }

    private static long firstPid(String job) throws IOException, InterruptedException {
        for (JsonNode task : commands.bsp("job", "status", job, "--json").json().get("task")) {
            return task.get("attempts").get(0).get("pid").asLong();
        }
        throw new AssertionError("job " + job + " has no task");
    }
}
